package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LiabilityPropertyTest {

    private static final UUID CASE = new UUID(9, 9);

    /** Parts of a whole, each in its lowest terms. */
    private static List<Share> sharesOf(List<Integer> parts, int whole) {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int common = gcd(parts.get(i), whole);
            shares.add(Share.of(new UUID(1, i), parts.get(i) / common + "/" + whole / common));
        }
        return shares;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Property(tries = 500)
    void whateverIsCutUpSumsToOneAndTheSmallestCrumbLessDoesNot(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 50_000) Integer> parts) {
        int whole = parts.stream().mapToInt(Integer::intValue).sum();
        assertEquals(true, Share.sumToOne(sharesOf(parts, whole)));
        assertEquals(false, Share.sumToOne(sharesOf(parts, whole + 1)));
        // What decimal arithmetic would have said about thirds is beside the point, and this is why.
        BigDecimal decimal = parts.stream()
                .map(part -> BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL64))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(1.0, decimal.doubleValue(), 1e-9);
    }

    private enum Kind {
        OPEN,
        AGREE,
        DECIDE,
        APPEAL,
        REVIEW,
        SETTLE
    }

    /** @param exact whether the shares sum to one */
    record Attempt(Kind kind, boolean exact) {}

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.of(true, true, true, false))
                .as(Attempt::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(16);
    }

    @Property(tries = 40)
    void aCaseAcceptsWhatItsModelAllowsAndNothingElse(@ForAll("attempts") List<Attempt> attempts) {
        Consortium c = new Consortium().withMore();
        c.registerUnit();
        Map<String, String> next = new HashMap<>();
        next.put("none OPEN", "OPENED");
        for (String from : List.of("OPENED", "DECIDED", "APPEALED", "FINAL")) {
            next.put(from + " AGREE", "AGREED");
        }
        next.put("OPENED DECIDE", "DECIDED");
        next.put("DECIDED APPEAL", "APPEALED");
        next.put("APPEALED REVIEW", "FINAL");
        for (String from : List.of("AGREED", "DECIDED", "FINAL")) {
            next.put(from + " SETTLE", "SETTLED");
        }
        String step = "none";
        for (Attempt attempt : attempts) {
            boolean shares = List.of(Kind.AGREE, Kind.DECIDE, Kind.REVIEW).contains(attempt.kind());
            String expected = next.get(step + " " + attempt.kind());
            boolean allowed = expected != null && (attempt.exact() || !shares);
            boolean recorded = c.record(act(c, attempt)).status() == Outcome.Status.RECORDED;
            assertEquals(allowed, recorded, () -> attempt + " in " + attempts);
            step = allowed ? expected : step;
            String now = LedgerQueries.liability(CASE, c.state)
                    .map(standing -> standing.step().name())
                    .orElse("none");
            assertEquals(step, now);
            LedgerQueries.liability(CASE, c.state)
                    .filter(standing -> !standing.shares().isEmpty())
                    .ifPresent(standing -> assertEquals(true, Share.sumToOne(standing.shares())));
        }
    }

    private static SignedAct act(Consortium c, Attempt attempt) {
        Subject subject = Subject.liability(CASE);
        Map<String, Object> reason = Map.of("reason", "DROPPED");
        Map<String, Object> shares = Map.of(
                "shares",
                List.of(
                        Map.of("org", c.union.id.toString(), "share", "1/3"),
                        Map.of("org", c.supplier.id.toString(), "share", attempt.exact() ? "2/3" : "1/3")));
        Party regulator = new Party(c.regulator.id, PartyRole.REGULATOR);
        return switch (attempt.kind()) {
            case OPEN ->
                Consortium.signed(
                        c.act(
                                "liability.opened",
                                subject,
                                Map.of("reason", "DROPPED", "unit", c.unit.toString()),
                                new Party(c.union.id, PartyRole.REPORTER)),
                        c.union);
            case AGREE ->
                Consortium.signed(
                        c.act(
                                "liability.determined",
                                subject,
                                shares,
                                new Party(c.union.id, PartyRole.AGREES),
                                new Party(c.supplier.id, PartyRole.AGREES)),
                        c.union,
                        c.supplier);
            case DECIDE -> {
                List<Party> parties = new ArrayList<>(List.of(regulator));
                c.unrelated.forEach(org -> parties.add(new Party(org.id, PartyRole.PANELLIST)));
                List<Consortium.Org> signers = new ArrayList<>(c.unrelated);
                signers.add(c.regulator);
                yield Consortium.signed(
                        c.act("liability.determined", subject, shares, parties.toArray(Party[]::new)),
                        signers.toArray(Consortium.Org[]::new));
            }
            case APPEAL ->
                Consortium.signed(
                        c.act("liability.appealed", subject, reason, new Party(c.union.id, PartyRole.APPELLANT)),
                        c.union);
            case REVIEW -> Consortium.signed(c.act("liability.determined", subject, shares, regulator), c.regulator);
            case SETTLE ->
                Consortium.signed(c.act("liability.settled", subject, Map.of(), Consortium.owner(c.people)), c.people);
        };
    }
}
