package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A batch is answered act by act, and what one of them does wrong is its own affair. */
class BatchPropertyTest {

    private enum Fault {
        NONE,
        UNSIGNED,
        FORGED,
        WRONG_BODY,
        STRANGER,
        REPEATED
    }

    /** The registration of one of five units, with or without a fault. */
    record Attempt(int unit, Fault fault) {}

    @Provide
    Arbitrary<List<Attempt>> batches() {
        return Combinators.combine(Arbitraries.integers().between(0, 4), Arbitraries.of(Fault.class))
                .as(Attempt::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 60)
    void oneBadActNeverBlocksItsNeighbours(@ForAll("batches") List<Attempt> attempts) {
        Consortium c = new Consortium();
        List<SignedAct> batch = new ArrayList<>();
        List<Outcome.Status> expected = new ArrayList<>();
        Map<UUID, SignedAct> first = new HashMap<>();
        Set<UUID> registered = new HashSet<>();
        for (Attempt attempt : attempts) {
            UUID unit = new UUID(4, attempt.unit());
            SignedAct good = first.get(unit);
            if (attempt.fault() == Fault.REPEATED && good != null) {
                batch.add(good);
                expected.add(Outcome.Status.DUPLICATE);
                continue;
            }
            SignedAct act = act(c, unit, attempt.fault());
            boolean fine = attempt.fault() == Fault.NONE || attempt.fault() == Fault.REPEATED;
            boolean recorded = fine && registered.add(unit);
            if (recorded) {
                first.put(unit, act);
            }
            batch.add(act);
            expected.add(recorded ? Outcome.Status.RECORDED : Outcome.Status.REJECTED);
        }
        List<Outcome> outcomes = LedgerRules.record(batch, c.state);
        assertEquals(expected, outcomes.stream().map(Outcome::status).toList());
        for (int i = 0; i < batch.size(); i++) {
            assertEquals(batch.get(i).act().id(), outcomes.get(i).act());
        }
        for (int i = 0; i < 5; i++) {
            UUID unit = new UUID(4, i);
            if (registered.contains(unit)) {
                assertEquals(
                        1, LedgerQueries.trace(Subject.custody(unit), c.state).size());
            } else {
                assertNull(LedgerQueries.unit(unit, c.state).orElse(null));
            }
        }
    }

    private static SignedAct act(Consortium c, UUID unit, Fault fault) {
        Consortium.Org org = fault == Fault.STRANGER ? new Consortium.Org(77, SignatureAlgorithm.SM2_SM3) : c.people;
        Map<String, Object> body = fault == Fault.WRONG_BODY ? Map.of("who", "x") : Map.of();
        Act act = c.act("custody.registered", Subject.custody(unit), body, Consortium.owner(org));
        return switch (fault) {
            case UNSIGNED -> new SignedAct(act, List.of());
            case FORGED -> Consortium.signed(act, c.union);
            default -> Consortium.signed(act, org);
        };
    }
}
