package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.yiqi.contract.Consortium.handover;
import static org.yiqi.contract.Consortium.owner;
import static org.yiqi.contract.Consortium.signed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yiqi.system.fabric.DirectClient;
import org.yiqi.system.fabric.FabricRun;

/** Tenders, damages and disposals: what the peers refuse when it is sent to them past the application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedActsIT {

    private static final int PORT = 18500;

    private final Tendering t = new Tendering();
    private final Consortium c = t.c.withMore();
    private FabricRun run;
    private DirectClient platform;

    @BeforeAll
    void everybodyJoins() throws Exception {
        run = FabricRun.start("forged-acts", PORT, "raft1");
        platform = DirectClient.of(run.data(), "platform");
        try (DirectClient regulator = DirectClient.of(run.data(), "regulator")) {
            regulator.submit(
                    List.of(),
                    "found",
                    LedgerQueries.founding(c.state).orElseThrow().json());
        }
        List<Consortium.Org> members = new ArrayList<>(List.of(c.people, c.union, c.supplier, c.recycler));
        members.addAll(c.unrelated);
        List<SignedAct> joined = members.stream()
                .flatMap(org -> LedgerQueries.trace(Subject.organisation(org.id), c.state).stream())
                .sorted(Comparator.comparing(act -> act.act().id()))
                .toList();
        for (SignedAct each : joined) {
            assertEquals(List.of("RECORDED"), platform.record(each), each.act().type());
        }
    }

    @AfterAll
    void end() {
        if (platform != null) {
            platform.close();
        }
        if (run != null) {
            run.close();
        }
    }

    /** On the fixture's own ledger, from which the next act takes what it follows, and on the network. */
    private void record(SignedAct act) throws Exception {
        t.expectRecorded(act);
        assertEquals(List.of("RECORDED"), platform.record(act), act.act().type());
    }

    private void refused(Refusal refusal, SignedAct act) throws Exception {
        assertEquals(List.of("REJECTED " + refusal.code()), platform.record(act));
    }

    @Test
    void aBidThatWasEndorsedBeforeTheClosingAndKeptBackNeverEnters() throws Exception {
        List<Consortium.Org> openers = List.of(c.regulator, c.union, c.supplier);
        record(signed(t.published(openers, 2, "PRICE"), c.people, c.regulator, c.union, c.supplier));
        Tendering.Bid inTime = t.bid("1", c.supplier);
        record(t.commit(inTime));
        Tendering.Bid keptBack = t.bid("1", c.union);
        SignedAct commitment = t.commit(keptBack);
        Transaction endorsed = platform.endorse(commitment);
        SignedAct closing = t.close(inTime);
        CommitException withoutOpeners = assertThrows(
                CommitException.class, () -> platform.recordWith(List.of("RegulatorMSP", "HospitalMSP"), closing));
        assertEquals(
                TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
                withoutOpeners.getCode(),
                "the buyer's host is not among those who count, the supplier that opens is");
        record(closing);
        CommitException late = assertThrows(CommitException.class, endorsed::submit);
        assertEquals(TxValidationCode.MVCC_READ_CONFLICT, late.getCode(), "it has read the gate that the closing shut");
        refused(Refusal.TENDER_CLOSED, commitment);
        refused(Refusal.BID_NOT_COMMITTED, t.award(keptBack));
        refused(Refusal.BID_NOT_OPENED, t.award(inTime));
    }

    @Test
    void sharesOfNinetyNinePercentAreRefused() throws Exception {
        UUID unit = new UUID(0x7000, 0x8000000000000901L);
        register(unit);
        Subject subject = Subject.liability(new UUID(9, 9));
        record(signed(
                c.act(
                        "liability.opened",
                        subject,
                        Map.of("reason", "DROPPED", "unit", unit.toString()),
                        new Party(c.people.id, PartyRole.REPORTER),
                        new Party(c.union.id, PartyRole.CONCERNED)),
                c.people));
        Act ninetyNine = c.act(
                "liability.determined",
                subject,
                Map.of(
                        "shares",
                        List.of(
                                Map.of("org", c.union.id.toString(), "share", "7/10"),
                                Map.of("org", c.people.id.toString(), "share", "29/100"))),
                new Party(c.people.id, PartyRole.AGREES),
                new Party(c.union.id, PartyRole.AGREES));
        refused(Refusal.SHARES_NOT_ONE, signed(ninetyNine, c.people, c.union));
    }

    @Test
    void nothingHappensToAUnitThatIsNoMore() throws Exception {
        UUID unit = new UUID(0x7000, 0x8000000000000902L);
        register(unit);
        Subject disposal = Subject.disposal(new UUID(8, 8));
        Party recycler = new Party(c.recycler.id, PartyRole.RECYCLER);
        Map<String, Object> price = Map.of("amount", "100", "currency", "CNY", "unit", unit.toString());
        record(signed(
                c.act(
                        "disposal.authorised",
                        disposal,
                        Map.of("amount", "100", "currency", "CNY", "unit", unit.toString()),
                        owner(c.people),
                        new Party(c.regulator.id, PartyRole.AUTHORITY)),
                c.people,
                c.regulator));
        record(signed(c.act("disposal.awarded", disposal, price, owner(c.people), recycler), c.people, c.recycler));
        record(signed(
                c.act("custody.accepted", Subject.custody(unit), Map.of(), handover(c.people, c.recycler)),
                c.people,
                c.recycler));
        record(signed(
                c.act("disposal.handed-over", disposal, Map.of("unit", unit.toString()), owner(c.people), recycler),
                c.people,
                c.recycler));
        record(signed(
                Tendering.supported(c.act(
                        "disposal.certified",
                        disposal,
                        Map.of("outcome", "DESTROYED", "unit", unit.toString()),
                        owner(c.people),
                        recycler)),
                c.recycler));
        Act sold = c.act("custody.accepted", Subject.custody(unit), Map.of(), handover(c.recycler, c.union));
        refused(Refusal.UNIT_DISPOSED, signed(sold, c.recycler, c.union));
        Act held = c.act(
                "hold.placed",
                Subject.holds(unit),
                Map.of("reason", "RECALL"),
                new Party(c.regulator.id, PartyRole.HOLDER));
        refused(Refusal.UNIT_DISPOSED, signed(held, c.regulator));
    }

    private void register(UUID unit) throws Exception {
        record(signed(c.act("custody.registered", Subject.custody(unit), Map.of(), owner(c.people)), c.people));
    }
}
