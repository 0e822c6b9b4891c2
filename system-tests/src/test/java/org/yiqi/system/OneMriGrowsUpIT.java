package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One device's whole story on the local ledger, then the same platform with all its history on a channel. */
@Tag("long")
class OneMriGrowsUpIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern HASH = Pattern.compile("--fabric --grow-from ([0-9a-f]{64})");

    private final Platform platform = Platform.separate(17900, "yiqi-grows-up");

    @AfterEach
    void end() {
        platform.stop();
    }

    @Test
    void whatWasProvableByOneOperatorIsProvableByReceiptsOfOthers() {
        platform.start("--fresh");
        MriStory story = new MriStory(platform.api(), platform.mqttPort());
        story.tell();
        story.isProvable();
        platform.stop();

        String refusal = assertThrows(AssertionError.class, () -> platform.start("--fabric"))
                .getMessage();
        Matcher named = HASH.matcher(refusal);
        assertTrue(named.find(), refusal);
        platform.start("--fabric", "--grow-from", named.group(1));

        Platform.await("the whole history on the channel", PATIENCE, () -> {
            JsonPath status = status();
            return status.getLong("continues.replayed") == status.getLong("continues.acts");
        });
        platform.as("health.inspector")
                .get("/ledger/status")
                .then()
                .body("kind", equalTo("FABRIC"))
                .body("continues.hash", equalTo(named.group(1)))
                .body("continues.acts", not(equalTo(0)))
                .body("rejected", equalTo(0));
        story.isProvable();
        story.verify().body("steps.find { it.check == 'OPERATORS' }.holds", equalTo(true));
        assertTrue(story.openCases() == 0, "growing up opens no case");
    }

    private JsonPath status() {
        return platform.as("health.inspector").get("/ledger/status").jsonPath();
    }
}
