package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One device's whole story with its acts on a channel of four organisations instead of the local ledger. */
class OneMriStoryOnFabricIT {

    // A platform of its own, because a database belongs to the ledger that it began with.
    private final Platform platform = Platform.separate(16400, "yiqi-on-fabric");

    @BeforeEach
    void aPlatformOnANetworkOfItsOwn() {
        platform.start("--fresh", "--fabric");
    }

    @AfterEach
    void end() {
        platform.stop();
    }

    @Test
    void theSameStoryIsProvedByReceiptsOfOtherOrganisationsPeers() {
        platform.as("health.inspector")
                .get("/ledger/status")
                .then()
                .statusCode(200)
                .body("kind", equalTo("FABRIC"))
                .body("channel.name", equalTo("yiqi"));
        MriStory story = new MriStory(platform.api(), platform.mqttPort());
        story.tell();
        story.isProvable();
        story.verify().body("steps.find { it.check == 'OPERATORS' }.holds", equalTo(true));
    }
}
