package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One device's whole story on the one-command edition, and what happens when somebody changes a row behind its back. */
class OneMriStoryIT {

    private final Platform platform = Platform.shared();

    @Test
    void aRegulatorProvesTheWholeStoryOfOneMriAndFindsTheRowThatSomebodyChanged() throws Exception {
        MriStory story = new MriStory(platform.api(), platform.mqttPort());
        story.tell();
        story.trace().body("verification.holds", equalTo(true));

        try (Connection c = platform.administrator();
                Statement s = c.createStatement()) {
            s.executeUpdate(
                    "update equipment.custody set org_id = (select id from organisation.organisation where kind = 'RECYCLER' limit 1)"
                            + " where unit_id = '" + story.unit() + "' and to_at is null");
        }
        story.trace().body("verification.holds", equalTo(false));
        Platform.await("a case that names the row", Duration.ofSeconds(60), () -> {
            int cases = platform.api()
                    .as("health.inspector")
                    .get("/oversight/cases?subject=custody:" + story.unit())
                    .path("total");
            return cases > 0;
        });
    }
}
