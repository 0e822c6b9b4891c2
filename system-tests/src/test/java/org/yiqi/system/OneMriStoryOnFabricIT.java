package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.system.fabric.FabricRun;
import org.yiqi.system.fabric.OfflineProof;

/** One device's whole story with its acts on a channel of four organisations instead of the local ledger. */
class OneMriStoryOnFabricIT {

    @TempDir
    Path dir;

    // A platform of its own, because a database belongs to the ledger that it began with.
    private final Platform platform = Platform.separate(16400, "yiqi-on-fabric");

    @AfterEach
    void end() {
        platform.stop();
    }

    @Test
    void theSameStoryIsProvedByReceiptsOfOtherOrganisationsPeers() throws Exception {
        platform.start("--fresh", "--fabric");
        theStoryIsTold(200);
    }

    @Test
    @Tag("long")
    void theSameStoryWithOneOfFourByzantineOrderersStopped() throws Exception {
        platform.start("--fresh", "--fabric", "--ordering", "bft");
        stop("orderer.supplier");
        theStoryIsTold(2_000);
    }

    /** Only a regulator's signature makes an organisation's own peers speak for it. */
    private void aHospitalsOwnPeersConsentForIt() {
        platform.as("zhongxin.equipment")
                .body(Map.of("msp", "NobodysMSP"))
                .put("/ledger/member-service")
                .then()
                .statusCode(422);
        String act = platform.as("zhongxin.equipment")
                .body(Map.of("msp", "HospitalMSP"))
                .put("/ledger/member-service")
                .then()
                .statusCode(200)
                .body("state", equalTo("WAITING_SIGNATURE"))
                .extract()
                .path("id");
        platform.as("health.inspector")
                .body(Map.of())
                .post("/ledger/acts/" + act + "/signatures")
                .then()
                .statusCode(200);
        Platform.await("the hospital's own peers to consent for it", Duration.ofMinutes(5), () -> "HospitalMSP"
                .equals(platform.as("zhongxin.equipment")
                        .get("/ledger/member-service")
                        .path("msp")));
    }

    /** Here the operator's word on time does not count: the token comes from a process that the regulator runs. */
    private void aBidCarriesTheWordOfTheRegulatorsTimeAuthority(Path trust) throws IOException {
        platform.as("shengyi.equipment")
                .get("/ledger/time-authorities")
                .then()
                .statusCode(200)
                .body("state", equalTo(List.of("ACTIVE")))
                .body("independent", equalTo(List.of(true)));
        TenderByTool tools = new TenderByTool(platform, dir, Duration.ofMinutes(2));
        String tender = tools.published();
        tools.bid(tender, Files.write(dir.resolve("terms.zip"), tools.terms(tender)), trust);
        Platform.await("the bid on the channel", Duration.ofMinutes(2), () -> platform.as(TenderByTool.BUYER)
                .get("/tenders/" + tender + "/bids/count")
                .path("count")
                .equals(1));
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

    /** @param flips how many single bits of the bundle are changed, each of which must be noticed */
    private void theStoryIsTold(int flips) throws Exception {
        platform.as("health.inspector")
                .get("/ledger/status")
                .then()
                .statusCode(200)
                .body("kind", equalTo("FABRIC"))
                .body("channel.name", equalTo("yiqi"));
        aHospitalsOwnPeersConsentForIt();
        MriStory story = new MriStory(platform.api(), platform.mqttPort());
        story.tell();
        story.isProvable();
        story.verify().body("steps.find { it.check == 'OPERATORS' }.holds", equalTo(true));
        Path fabric = platform.data().resolve("fabric");
        // Writes the trust folder anew, now with the founding.
        FabricRun.status(fabric);
        Path zip = Files.write(fabric.resolve("bundle.zip"), story.bundle());
        new OfflineProof(fabric, zip).holdsAndNothingElseDoes(flips);
        aBidCarriesTheWordOfTheRegulatorsTimeAuthority(fabric.resolve("trust"));
    }
}
