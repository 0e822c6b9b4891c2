package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yiqi.contract.Consortium.handover;
import static org.yiqi.contract.Consortium.owner;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class CustodyPropertyTest {

    private static final List<String> TYPES = List.of(
            "custody.registered",
            "custody.offered",
            "custody.accepted",
            "custody.returned",
            "custody.closed",
            "hold.placed");

    /** An attempt that may or may not be allowed. */
    record Attempt(String type, int from, int to, boolean takerSigns) {}

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(2, TYPES.get(0)),
                                Tuple.of(4, TYPES.get(1)),
                                Tuple.of(6, TYPES.get(2)),
                                Tuple.of(3, TYPES.get(3)),
                                Tuple.of(1, TYPES.get(4)),
                                Tuple.of(1, TYPES.get(5))),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)))
                .as(Attempt::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Property(tries = 60)
    void whateverIsTriedAUnitHasExactlyOneCustodianUntilItIsClosed(@ForAll("attempts") List<Attempt> attempts) {
        Consortium c = new Consortium();
        List<Consortium.Org> orgs = List.of(c.people, c.union, c.supplier);
        List<Instant> moments = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Act act = act(c, attempt, orgs.get(attempt.from()), orgs.get(attempt.to()));
            moments.add(act.occurredAt());
            boolean both = attempt.takerSigns() && attempt.from() != attempt.to() && twoSided(attempt.type());
            c.record(
                    act,
                    both
                            ? new Consortium.Org[] {orgs.get(attempt.from()), orgs.get(attempt.to())}
                            : new Consortium.Org[] {orgs.get(attempt.from())});
        }
        List<Act> chain = LedgerQueries.trace(Subject.custody(c.unit), c.state).stream()
                .map(SignedAct::act)
                .toList();
        List<Responsibility> all = LedgerQueries.responsibilities(chain);
        for (Instant moment : moments) {
            long custodians = all.stream().filter(each -> each.covers(moment)).count();
            boolean alive = !chain.isEmpty()
                    && !moment.isBefore(chain.get(0).occurredAt())
                    && chain.stream()
                            .noneMatch(
                                    act -> act.type().equals("custody.closed") && !moment.isBefore(act.occurredAt()));
            assertEquals(alive ? 1 : 0, custodians, () -> chain + " at " + moment);
        }
        LedgerQueries.unit(c.unit, c.state)
                .filter(unit -> !unit.closed())
                .ifPresent(unit ->
                        assertEquals(unit.custodian(), all.get(all.size() - 1).custodian()));
    }

    private static boolean twoSided(String type) {
        return type.equals("custody.accepted") || type.equals("custody.returned");
    }

    private static Act act(Consortium c, Attempt attempt, Consortium.Org from, Consortium.Org to) {
        return switch (attempt.type()) {
            case "custody.registered" -> c.custody(attempt.type(), owner(from));
            case "custody.closed" ->
                c.act(attempt.type(), Subject.custody(c.unit), Map.of("reason", "DESTROYED"), owner(from));
            case "hold.placed" -> c.hold(attempt.type(), Map.of("reason", "ALERT"), from);
            default -> c.custody(attempt.type(), handover(from, to));
        };
    }

    /** A handover between any two, under a contract between any two or under none. */
    record Passing(int from, int to, int contract, boolean giverSigns, boolean takerSigns) {}

    @Provide
    Arbitrary<List<Passing>> passings() {
        Arbitrary<Integer> org = Arbitraries.integers().between(0, 2);
        Arbitrary<Boolean> signs = Arbitraries.frequency(Tuple.of(5, true), Tuple.of(1, false));
        return Combinators.combine(org, org, Arbitraries.integers().between(-1, 5), signs, signs)
                .as(Passing::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Property(tries = 60)
    void aUnitIsOnlyEverBoughtFromItsOwnerByTheBuyerOfASignedContractWithBothSignatures(
            @ForAll("passings") List<Passing> passings) {
        Consortium c = new Consortium();
        List<Consortium.Org> orgs = List.of(c.people, c.union, c.supplier);
        // One contract for each ordered pair, the buyer first.
        List<int[]> pairs = List.of(
                new int[] {0, 1}, new int[] {0, 2}, new int[] {1, 0}, new int[] {1, 2}, new int[] {2, 0}, new int[] {
                    2, 1
                });
        for (int i = 0; i < pairs.size(); i++) {
            Consortium.Org buyer = orgs.get(pairs.get(i)[0]);
            Consortium.Org seller = orgs.get(pairs.get(i)[1]);
            c.expectRecorded(Consortium.signed(c.contract(deal(i), buyer, seller), buyer, seller));
        }
        c.registerUnit();
        for (Passing passing : passings) {
            UnitStanding before = LedgerQueries.unit(c.unit, c.state).orElseThrow();
            Consortium.Org giver = orgs.get(passing.from());
            Consortium.Org taker = orgs.get(passing.to());
            Act act = passing.contract() < 0
                    ? c.custody("custody.accepted", handover(giver, taker))
                    : c.sale(deal(passing.contract()), giver, taker);
            List<Consortium.Org> signers = new ArrayList<>();
            if (passing.giverSigns()) {
                signers.add(giver);
            }
            if (passing.takerSigns() && taker != giver) {
                signers.add(taker);
            }
            Outcome outcome = c.record(act, signers.toArray(Consortium.Org[]::new));
            UnitStanding after = LedgerQueries.unit(c.unit, c.state).orElseThrow();
            boolean pair = passing.contract() >= 0
                    && pairs.get(passing.contract())[0] == passing.to()
                    && pairs.get(passing.contract())[1] == passing.from();
            boolean sold = pair
                    && passing.giverSigns()
                    && passing.takerSigns()
                    && before.owner().equals(giver.id)
                    && before.custodian().equals(giver.id);
            if (passing.contract() >= 0) {
                assertEquals(sold, outcome.status() == Outcome.Status.RECORDED, () -> passing + " on " + before);
            }
            assertEquals(sold ? taker.id : before.owner(), after.owner(), () -> passing + " on " + before);
        }
    }

    private static UUID deal(int number) {
        return new UUID(0x0192000000007000L, 0x8000000000000a00L + number);
    }
}
