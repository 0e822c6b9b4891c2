package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is tried in whatever order, the ledger agrees with a model that fits on one screen. */
class TenderPropertyTest {

    private enum Kind {
        COMMIT,
        WITHDRAW,
        CLOSE,
        REVEAL,
        OPEN,
        SCORE,
        AWARD
    }

    /** @param bid which of three bids of three bidders for one lot; closing, opening and scoring name a set of them */
    record Attempt(Kind kind, int bid, Set<Integer> named) {}

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Kind.COMMIT),
                Tuple.of(2, Kind.WITHDRAW),
                Tuple.of(4, Kind.CLOSE),
                Tuple.of(6, Kind.REVEAL),
                Tuple.of(5, Kind.OPEN),
                Tuple.of(4, Kind.SCORE),
                Tuple.of(4, Kind.AWARD));
        Arbitrary<Integer> bids = Arbitraries.integers().between(0, 2);
        return Combinators.combine(kinds, bids, bids.set().ofMaxSize(3))
                .as(Attempt::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(30);
    }

    /** What should be: sets of bids by how far they have come. */
    private static final class Model {
        final Set<Integer> live = new HashSet<>();
        final Set<Integer> revealed = new HashSet<>();
        final Set<Integer> qualified = new HashSet<>();
        boolean closed;
        boolean opened;
        boolean scored;
        boolean awarded;

        boolean allows(Attempt a) {
            return switch (a.kind()) {
                case COMMIT -> !closed;
                case WITHDRAW -> !closed && live.contains(a.bid());
                case CLOSE -> !closed && a.named().equals(live);
                case REVEAL -> closed && !opened && live.contains(a.bid()) && !revealed.contains(a.bid());
                case OPEN ->
                    closed && !opened && revealed.equals(live) && a.named().equals(live);
                case SCORE -> opened && !scored && live.containsAll(a.named());
                case AWARD -> scored && !awarded && qualified.contains(a.bid());
            };
        }

        void apply(Attempt a) {
            switch (a.kind()) {
                case COMMIT -> live.add(a.bid());
                case WITHDRAW -> live.remove(a.bid());
                case CLOSE -> closed = true;
                case REVEAL -> revealed.add(a.bid());
                case OPEN -> opened = true;
                case SCORE -> {
                    scored = true;
                    qualified.addAll(a.named());
                }
                case AWARD -> awarded = true;
            }
        }
    }

    @Property(tries = 40)
    void aTenderAcceptsWhatItsModelAllowsAndNothingElse(@ForAll("attempts") List<Attempt> attempts) {
        Tendering t = new Tendering();
        t.publish("PRICE");
        List<Tendering.Bid> bids = List.of(t.bid("1", t.c.supplier), t.bid("1", t.c.union), t.bid("1", t.c.people));
        Model model = new Model();
        Map<Kind, Integer> accepted = new HashMap<>();
        for (Attempt attempt : attempts) {
            SignedAct act = act(t, attempt, bids);
            boolean recorded = t.record(act).status() == Outcome.Status.RECORDED;
            assertEquals(model.allows(attempt), recorded, () -> attempt + " in " + attempts);
            if (recorded) {
                model.apply(attempt);
                accepted.merge(attempt.kind(), 1, Integer::sum);
            }
        }
        assertTrue(accepted.getOrDefault(Kind.CLOSE, 0) <= 1 && accepted.getOrDefault(Kind.AWARD, 0) <= 1);
    }

    private static SignedAct act(Tendering t, Attempt attempt, List<Tendering.Bid> bids) {
        Tendering.Bid bid = bids.get(attempt.bid());
        List<Tendering.Bid> named = new ArrayList<>();
        attempt.named().forEach(i -> named.add(bids.get(i)));
        Tendering.Bid[] array = named.toArray(Tendering.Bid[]::new);
        return switch (attempt.kind()) {
            case COMMIT -> t.commit(bid);
            case WITHDRAW -> t.withdraw(bid);
            case CLOSE -> t.close(array);
            case REVEAL -> t.reveal(bid);
            case OPEN -> t.open("PRICE", t.openers, array);
            case SCORE -> t.score("PRICE", array);
            case AWARD -> t.award(bid);
        };
    }
}
