package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.yiqi.contract.Consortium.handover;
import static org.yiqi.contract.Consortium.owner;
import static org.yiqi.contract.Consortium.signed;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Custody, holds, damages and a disposal of one unit, mixed: whoever has it and whatever is tried, its end is the end. */
class DisposalPropertyTest {

    private static final UUID DISPOSAL = new UUID(8, 8);

    private enum Kind {
        AUTHORISE,
        AWARD,
        TO_RECYCLER,
        HAND_OVER,
        CERTIFY,
        CLOSE,
        CLOSE_BY_OWNER,
        LEND,
        GIVE_BACK,
        HOLD,
        DAMAGE
    }

    @Provide
    Arbitrary<List<Kind>> attempts() {
        return Arbitraries.frequency(
                        Tuple.of(6, Kind.AUTHORISE),
                        Tuple.of(6, Kind.AWARD),
                        Tuple.of(6, Kind.TO_RECYCLER),
                        Tuple.of(6, Kind.HAND_OVER),
                        Tuple.of(6, Kind.CERTIFY),
                        Tuple.of(5, Kind.CLOSE),
                        Tuple.of(1, Kind.CLOSE_BY_OWNER),
                        Tuple.of(2, Kind.LEND),
                        Tuple.of(2, Kind.GIVE_BACK),
                        Tuple.of(1, Kind.HOLD),
                        Tuple.of(1, Kind.DAMAGE))
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    @Property(tries = 40)
    void theEndOfAUnitIsTheEnd(@ForAll("attempts") List<Kind> attempts) {
        Consortium c = new Consortium().withMore();
        c.registerUnit();
        Consortium.Org custodian = c.people;
        int step = 0;
        boolean closed = false;
        int serial = 0;
        for (Kind kind : attempts) {
            boolean over = closed || step == 4;
            boolean allowed =
                    switch (kind) {
                        case AUTHORISE -> !over && step == 0;
                        case AWARD -> !over && step == 1;
                        case TO_RECYCLER -> !over && custodian == c.people;
                        case HAND_OVER -> !over && step == 2 && custodian == c.recycler;
                        case CERTIFY -> !over && step == 3 && custodian == c.recycler;
                        case CLOSE -> step == 4 && !closed;
                        case CLOSE_BY_OWNER -> !over && custodian == c.people;
                        case LEND -> !over && custodian == c.people;
                        case GIVE_BACK -> !over && custodian != c.people;
                        case HOLD, DAMAGE -> !over;
                    };
            SignedAct act = act(c, kind, custodian, serial++);
            boolean recorded = c.record(act).status() == Outcome.Status.RECORDED;
            assertEquals(allowed, recorded, () -> kind + " in " + attempts);
            if (recorded) {
                switch (kind) {
                    case AUTHORISE, AWARD, HAND_OVER, CERTIFY -> step++;
                    case TO_RECYCLER -> custodian = c.recycler;
                    case LEND -> custodian = c.union;
                    case GIVE_BACK -> custodian = c.people;
                    case CLOSE, CLOSE_BY_OWNER -> closed = true;
                    case HOLD, DAMAGE -> {}
                }
            }
            Instant now = act.act().occurredAt();
            UUID found = LedgerQueries.custodianAt(c.unit, now, c.state)
                    .map(Responsibility::custodian)
                    .orElse(null);
            assertEquals(closed ? null : custodian.id, found, () -> "custodian after " + attempts);
        }
        assertFalse(closed
                && LedgerQueries.unit(c.unit, c.state)
                        .filter(UnitStanding::closed)
                        .isEmpty());
    }

    private static SignedAct act(Consortium c, Kind kind, Consortium.Org custodian, int serial) {
        Map<String, Object> price = Map.of("amount", "100", "currency", "CNY", "unit", c.unit.toString());
        Party recycler = new Party(c.recycler.id, PartyRole.RECYCLER);
        Subject disposal = Subject.disposal(DISPOSAL);
        Map<String, Object> reason = Map.of("reason", "DISPOSED");
        Subject custody = Subject.custody(c.unit);
        return switch (kind) {
            case AUTHORISE ->
                signed(
                        c.act(
                                "disposal.authorised",
                                disposal,
                                Map.of("amount", "100", "currency", "CNY", "unit", c.unit.toString()),
                                owner(c.people),
                                new Party(c.regulator.id, PartyRole.AUTHORITY)),
                        c.people,
                        c.regulator);
            case AWARD ->
                signed(c.act("disposal.awarded", disposal, price, owner(c.people), recycler), c.people, c.recycler);
            case TO_RECYCLER ->
                signed(c.custody("custody.accepted", handover(c.people, c.recycler)), c.people, c.recycler);
            case HAND_OVER ->
                signed(
                        c.act(
                                "disposal.handed-over",
                                disposal,
                                Map.of("unit", c.unit.toString()),
                                owner(c.people),
                                recycler),
                        c.people,
                        c.recycler);
            case CERTIFY ->
                signed(
                        Tendering.supported(c.act(
                                "disposal.certified",
                                disposal,
                                Map.of("outcome", "RECYCLED", "unit", c.unit.toString()),
                                owner(c.people),
                                recycler)),
                        c.recycler);
            case CLOSE -> signed(c.act("custody.closed", custody, reason, owner(c.people), recycler), c.recycler);
            case CLOSE_BY_OWNER -> signed(c.act("custody.closed", custody, reason, owner(c.people)), c.people);
            case LEND -> signed(c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union);
            case GIVE_BACK -> signed(c.custody("custody.returned", handover(custodian, c.people)), custodian, c.people);
            case HOLD -> signed(c.hold("hold.placed", Map.of("reason", "ALERT"), c.people), c.people);
            case DAMAGE ->
                signed(
                        c.act(
                                "liability.opened",
                                Subject.liability(new UUID(3, serial)),
                                Map.of("reason", "DROPPED", "unit", c.unit.toString()),
                                new Party(c.union.id, PartyRole.REPORTER)),
                        c.union);
        };
    }
}
