package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yiqi.contract.Consortium.handover;
import static org.yiqi.contract.Consortium.owner;
import static org.yiqi.contract.Consortium.signed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tender with its bids, a damage, the end of a unit and a unit that is held: each is proved by its bundle alone. */
class FamilyBundleTest {

    private static final UUID CASE = new UUID(9, 9);
    private static final UUID DISPOSAL = new UUID(8, 8);
    private static final UUID CONTRACT = new UUID(7, 7);
    private static final int FLIPS = 500;

    /** A bundle of everything behind a subject, as the platform makes it. */
    private static Bundle bundle(Consortium c, Subject subject) {
        Founding founding = LedgerQueries.founding(c.state).orElseThrow();
        Set<Subject> chains = ChainsBehind.of(List.of(subject), c.state);
        List<Bundle.Line> lines = new ArrayList<>();
        JournalEntry last = JournalEntry.of(0, Consortium.START, founding.json(), JournalEntry.ORIGIN);
        lines.add(new Bundle.Line(last, founding.json()));
        List<SignedAct> acts = chains.stream()
                .flatMap(chain -> LedgerQueries.trace(chain, c.state).stream())
                .sorted(Comparator.comparing(signed -> signed.act().id()))
                .toList();
        for (SignedAct act : acts) {
            last = JournalEntry.of(last.position() + 1, act.act().occurredAt(), act.json(), last.hash());
            lines.add(new Bundle.Line(last, act.json()));
        }
        long position = last.position();
        List<SubjectStatement> statements = new ArrayList<>();
        for (Subject chain : chains) {
            String digest = LedgerQueries.head(chain, c.state).map(Head::digest).orElse(null);
            int length = LedgerQueries.head(chain, c.state).map(Head::length).orElse(0);
            byte[] content = SubjectStatement.content(chain, digest, length, position, Consortium.START);
            statements.add(new SubjectStatement(
                    chain, digest, length, position, Consortium.START, c.platform.key.keyId(), byPlatform(c, content)));
        }
        SignedHead head = new SignedHead(
                position,
                last.hash(),
                Consortium.START,
                c.platform.key.keyId(),
                byPlatform(c, SignedHead.content(position, last.hash(), Consortium.START)));
        return new Bundle(statements, founding, lines, List.of(head));
    }

    private static String byPlatform(Consortium c, byte[] content) {
        byte[] key = c.platform.pair.getPrivate().getEncoded();
        return Base64.getEncoder().encodeToString(c.platform.alg.sign(key, content));
    }

    private static List<String> broken(Bundle bundle, String founding) {
        return BundleCheck.run(bundle, new BundleCheck.Trust(founding, List.of())).stream()
                .filter(step -> !step.holds())
                .map(step -> step.check() + ": " + step.broken())
                .toList();
    }

    private static void holdsAndEveryBitCounts(Bundle bundle) {
        String founding = bundle.founding().digest();
        assertEquals(List.of(), broken(Bundle.parse(bundle.json()), founding));
        byte[] bytes = bundle.json().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(bytes.length);
        for (int i = 0; i < FLIPS; i++) {
            byte[] changed = bytes.clone();
            int at = random.nextInt(bytes.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            boolean found;
            try {
                found = !broken(Bundle.parse(CanonicalJson.text(changed)), founding)
                        .isEmpty();
            } catch (MalformedAct e) {
                found = true;
            }
            assertTrue(found, "a changed bit in byte " + at);
        }
    }

    private static List<Subject.Kind> kinds(Bundle bundle) {
        return bundle.statements().stream()
                .map(statement -> statement.subject().kind())
                .distinct()
                .sorted()
                .toList();
    }

    private static Bundle without(Bundle bundle, String type) {
        List<Bundle.Line> lines = new ArrayList<>(bundle.lines());
        lines.replaceAll(line -> String.valueOf(line.document()).contains("\"type\":\"" + type + "\"")
                ? new Bundle.Line(line.entry(), null)
                : line);
        return new Bundle(bundle.statements(), bundle.founding(), lines, bundle.heads());
    }

    /** Two bids of which one wins, and one that was taken back; then the contract. */
    private static Tendering awarded() {
        Tendering t = new Tendering();
        t.publish("PRICE");
        Tendering.Bid first = t.bid("1", t.c.supplier);
        Tendering.Bid second = t.bid("1", t.c.union);
        Tendering.Bid third = t.bid("2", t.c.supplier);
        for (Tendering.Bid bid : List.of(first, second, third)) {
            t.expectRecorded(t.commit(bid));
        }
        t.expectRecorded(t.withdraw(third));
        t.expectRecorded(t.close(first, second));
        t.expectRecorded(t.reveal(first));
        t.expectRecorded(t.reveal(second));
        t.expectRecorded(t.open("PRICE", t.openers.subList(0, 2), first, second));
        t.expectRecorded(t.score("PRICE", first, second));
        t.expectRecorded(t.award(first));
        t.expectRecorded(t.contract(CONTRACT, first, "6816000"));
        return t;
    }

    @Test
    void aTenderIsProvedWithAllItsBidsAndItsContract() {
        Tendering t = awarded();
        Bundle bundle = bundle(t.c, t.subject);
        assertEquals(
                List.of(Subject.Kind.ORGANISATION, Subject.Kind.TENDER, Subject.Kind.BID, Subject.Kind.CONTRACT),
                kinds(bundle));
        holdsAndEveryBitCounts(bundle);
    }

    @Test
    void aBidAndAContractAreProvedWithTheirTender() {
        Tendering t = awarded();
        UUID bid = LedgerQueries.bids(t.tender, t.c.state).get(0).id();
        for (Subject subject : List.of(Subject.bid(bid), Subject.contract(CONTRACT))) {
            Bundle bundle = bundle(t.c, subject);
            assertTrue(kinds(bundle).contains(Subject.Kind.TENDER));
            assertEquals(List.of(), broken(bundle, bundle.founding().digest()));
        }
    }

    @Test
    void aBidThatIsLeftOutOfATendersBundleIsMissed() {
        Tendering t = awarded();
        Bundle bundle = bundle(t.c, t.subject);
        for (String type :
                List.of("bid.withdrawn", "bid.revealed", "bid.committed", "tender.opened", "tender.scored")) {
            assertFalse(
                    broken(without(bundle, type), bundle.founding().digest()).isEmpty(), type);
        }
    }

    @Test
    void aDamageIsProvedWithTheUnitsCustody() {
        Consortium c = new Consortium().withMore();
        c.registerUnit();
        c.expectRecorded(signed(c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union));
        Subject subject = Subject.liability(CASE);
        c.expectRecorded(signed(
                c.act(
                        "liability.opened",
                        subject,
                        Map.of("reason", "DROPPED", "unit", c.unit.toString()),
                        new Party(c.people.id, PartyRole.REPORTER),
                        new Party(c.union.id, PartyRole.CONCERNED)),
                c.people));
        List<Object> shares = List.of(
                Map.of("org", c.union.id.toString(), "share", "7/10"),
                Map.of("org", c.people.id.toString(), "share", "3/10"));
        c.expectRecorded(signed(
                c.act(
                        "liability.determined",
                        subject,
                        Map.of("shares", shares),
                        new Party(c.people.id, PartyRole.AGREES),
                        new Party(c.union.id, PartyRole.AGREES)),
                c.people,
                c.union));
        c.expectRecorded(signed(c.act("liability.settled", subject, Map.of(), owner(c.people)), c.people));
        Bundle bundle = bundle(c, subject);
        assertEquals(
                List.of(Subject.Kind.CUSTODY, Subject.Kind.HOLDS, Subject.Kind.ORGANISATION, Subject.Kind.LIABILITY),
                kinds(bundle));
        holdsAndEveryBitCounts(bundle);
        assertFalse(
                broken(without(bundle, "custody.accepted"), bundle.founding().digest())
                        .isEmpty());
    }

    @Test
    void aUnitThatIsNoMoreIsProvedWithItsDisposal() {
        Consortium c = new Consortium().withMore();
        c.registerUnit();
        Map<String, Object> price = Map.of("amount", "100", "currency", "CNY");
        c.expectRecorded(signed(
                c.act(
                        "disposal.line-set",
                        Subject.organisation(c.regulator.id),
                        price,
                        new Party(c.regulator.id, PartyRole.REGULATOR)),
                c.regulator));
        Map<String, Object> priceOfUnit = Map.of("amount", "100", "currency", "CNY", "unit", c.unit.toString());
        Subject disposal = Subject.disposal(DISPOSAL);
        Party recycler = new Party(c.recycler.id, PartyRole.RECYCLER);
        c.expectRecorded(signed(
                c.act(
                        "disposal.authorised",
                        disposal,
                        Map.of("amount", "100", "currency", "CNY", "unit", c.unit.toString()),
                        owner(c.people)),
                c.people));
        c.expectRecorded(signed(
                c.act("disposal.awarded", disposal, priceOfUnit, owner(c.people), recycler), c.people, c.recycler));
        c.expectRecorded(signed(c.custody("custody.accepted", handover(c.people, c.recycler)), c.people, c.recycler));
        c.expectRecorded(signed(
                c.act("disposal.handed-over", disposal, Map.of("unit", c.unit.toString()), owner(c.people), recycler),
                c.people,
                c.recycler));
        c.expectRecorded(signed(
                Tendering.supported(c.act(
                        "disposal.certified",
                        disposal,
                        Map.of("outcome", "DESTROYED", "unit", c.unit.toString()),
                        owner(c.people),
                        recycler)),
                c.recycler));
        c.expectRecorded(signed(
                c.act(
                        "custody.closed",
                        Subject.custody(c.unit),
                        Map.of("reason", "DISPOSED"),
                        owner(c.people),
                        recycler),
                c.recycler));
        Bundle bundle = bundle(c, Subject.custody(c.unit));
        assertEquals(
                List.of(Subject.Kind.CUSTODY, Subject.Kind.HOLDS, Subject.Kind.ORGANISATION, Subject.Kind.DISPOSAL),
                kinds(bundle));
        holdsAndEveryBitCounts(bundle);
        assertFalse(
                broken(without(bundle, "disposal.certified"), bundle.founding().digest())
                        .isEmpty());
    }

    @Test
    void aHoldIsProvedWithTheUnitsCustody() {
        Consortium c = new Consortium();
        c.registerUnit();
        c.expectRecorded(signed(c.hold("hold.placed", Map.of("reason", "RECALL"), c.regulator), c.regulator));
        // Who only asks for the unit gets its holds with it.
        assertTrue(kinds(bundle(c, Subject.custody(c.unit))).contains(Subject.Kind.HOLDS));
        Bundle bundle = bundle(c, Subject.holds(c.unit));
        assertEquals(List.of(Subject.Kind.CUSTODY, Subject.Kind.HOLDS, Subject.Kind.ORGANISATION), kinds(bundle));
        holdsAndEveryBitCounts(bundle);
    }
}
