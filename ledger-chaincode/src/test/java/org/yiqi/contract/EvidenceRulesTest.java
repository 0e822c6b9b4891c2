package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yiqi.contract.Consortium.signed;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvidenceRulesTest {

    private static final UUID LOG = new UUID(7, 7);

    private final Consortium c = new Consortium();

    private Act anchored(Map<String, Object> body, Consortium.Org by) {
        return c.act("evidence.anchored", Subject.evidence(LOG), body, new Party(by.id, PartyRole.PLATFORM));
    }

    private static Map<String, Object> log(String name, String size) {
        return Map.of("log", name, "root", "ab".repeat(32), "size", size);
    }

    private void refused(Refusal refusal, Act act, Consortium.Org signer) {
        assertEquals(new Outcome(act.id(), Outcome.Status.REJECTED, refusal), c.record(act, signer));
    }

    @Test
    void aLogOnlyGrows() {
        c.expectRecorded(signed(anchored(log("audit", "3"), c.platform), c.platform));
        refused(Refusal.LOG_NOT_GROWN, anchored(log("audit", "3"), c.platform), c.platform);
        refused(Refusal.LOG_NOT_GROWN, anchored(log("audit", "2"), c.platform), c.platform);
        Map<String, Object> gap = Map.of("log", "audit", "root", "cd".repeat(32), "size", "9", "previousSize", "4");
        refused(Refusal.LOG_NOT_GROWN, anchored(gap, c.platform), c.platform);
        Map<String, Object> next = Map.of("log", "audit", "root", "cd".repeat(32), "size", "9", "previousSize", "3");
        c.expectRecorded(signed(anchored(next, c.platform), c.platform));
        assertEquals(
                new AnchoredLog("audit", 9, "cd".repeat(32)),
                LedgerQueries.log(LOG, c.state).orElseThrow());
    }

    @Test
    void anEmptyLogAndNonsenseAreNotAnchored() {
        refused(Refusal.LOG_NOT_GROWN, anchored(log("audit", "0"), c.platform), c.platform);
        refused(Refusal.WRONG_BODY, anchored(log("audit", "-1"), c.platform), c.platform);
        refused(Refusal.WRONG_BODY, anchored(log("Audit of Dr. Wang", "1"), c.platform), c.platform);
        refused(
                Refusal.WRONG_BODY,
                anchored(Map.of("log", "audit", "root", "ab", "size", "1"), c.platform),
                c.platform);
    }

    @Test
    void onlyThePlatformAnchorsAndALogKeepsItsName() {
        refused(Refusal.NOT_ENTITLED, anchored(log("audit", "1"), c.people), c.people);
        c.expectRecorded(signed(anchored(log("audit", "1"), c.platform), c.platform));
        refused(Refusal.WRONG_SUBJECT, anchored(log("documents", "2"), c.platform), c.platform);
    }
}
