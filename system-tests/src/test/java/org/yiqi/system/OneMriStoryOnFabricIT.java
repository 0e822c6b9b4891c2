package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One device's whole story with its acts on a channel of four organisations instead of the local ledger. */
class OneMriStoryOnFabricIT {

    // A platform of its own, because a database belongs to the ledger that it began with.
    private final Platform platform = Platform.separate(16400, "yiqi-on-fabric");

    @AfterEach
    void end() {
        platform.stop();
    }

    @Test
    void theSameStoryIsProvedByReceiptsOfOtherOrganisationsPeers() {
        platform.start("--fresh", "--fabric");
        theStoryIsTold();
    }

    @Test
    @Tag("long")
    void theSameStoryWithOneOfFourByzantineOrderersStopped() throws IOException {
        platform.start("--fresh", "--fabric", "--ordering", "bft");
        stop("orderer.supplier");
        theStoryIsTold();
    }

    /** Ends one of the network's programs, as its administrator would. */
    private void stop(String program) throws IOException {
        Path noted = platform.data().resolve("fabric/run/" + program + ".pid");
        ProcessHandle process = ProcessHandle.of(
                        Long.parseLong(Files.readString(noted).split(" ")[0]))
                .orElseThrow();
        process.destroy();
        process.onExit().join();
    }

    private void theStoryIsTold() {
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
