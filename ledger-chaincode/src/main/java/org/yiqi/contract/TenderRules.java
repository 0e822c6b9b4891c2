package org.yiqi.contract;

import static org.yiqi.contract.PartyRole.BIDDER;
import static org.yiqi.contract.PartyRole.BUYER;
import static org.yiqi.contract.PartyRole.OPENER;
import static org.yiqi.contract.PartyRole.REGULATOR;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A tender from its publication to the award of its lots. Bids have chains of their own, see {@link BidRules}.
 *
 * <p>Time decides when it is closed and opened: both are compared with the endorser's own clock, never with what the act
 * says of itself.
 */
final class TenderRules {

    /** By how much an act in which time decides may be ahead of the endorser's clock. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final Subject.Kind SUBJECT = Subject.Kind.TENDER;
    private static final List<String> ENVELOPES = List.of("TECHNICAL", "PRICE");
    private static final Pattern LOT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,19}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int FEWEST_OPENERS = 3;

    private TenderRules() {}

    static List<ActRule> rules() {
        return List.of(
                new ActRule("tender.published", SUBJECT, Set.of(BUYER, OPENER), TenderRules::publish)
                        .several(OPENER)
                        .body("deadline", "threshold")
                        .structuredBody("envelopes", "lots", "openers")
                        .supported(),
                new ActRule("tender.amended", SUBJECT, Set.of(BUYER), TenderRules::amend)
                        .body("deadline")
                        .supported(),
                new ActRule("tender.closed", SUBJECT, Set.of(BUYER), TenderRules::close)
                        .structuredBody("bids")
                        .reads(act -> bids(new Fields(act.body()).uuids("bids"))),
                new ActRule("tender.opened", SUBJECT, Set.of(OPENER), TenderRules::open)
                        .several(OPENER)
                        .optionalParty(REGULATOR)
                        .signedBy(act -> present(act, OPENER, REGULATOR))
                        .body("envelope")
                        .structuredBody("bids")
                        .reads(act ->
                                bids(contents(act).stream().map(Content::bid).toList())),
                new ActRule("tender.scored", SUBJECT, Set.of(BUYER), TenderRules::score)
                        .body("envelope", "root")
                        .structuredBody("qualified")
                        .reads(act -> bids(new Fields(act.body()).uuids("qualified"))),
                new ActRule("tender.awarded", SUBJECT, Set.of(BUYER, BIDDER), TenderRules::award)
                        .signedBy(act -> Set.of(BUYER))
                        .body("amount", "bid", "currency", "lot")
                        .reads(act -> bids(List.of(new Fields(act.body()).uuid("bid")))),
                new ActRule("tender.failed", SUBJECT, Set.of(BUYER), TenderRules::fail)
                        .body("reason")
                        .optionalBody("lot")
                        .evenWhileSuspended());
    }

    private static Set<Subject> bids(List<UUID> ids) {
        Set<Subject> subjects = new HashSet<>();
        ids.forEach(id -> subjects.add(Subject.bid(id)));
        return subjects;
    }

    private static Set<PartyRole> present(Act act, PartyRole... roles) {
        Set<PartyRole> present = new HashSet<>();
        for (PartyRole role : roles) {
            if (!act.parties(role).isEmpty()) {
                present.add(role);
            }
        }
        return present;
    }

    private static void publish(Act act, Register register) {
        UUID tender = act.subject().id();
        Refused.unless(register.read(TenderStanding.key(tender), TenderStanding::parse) == null, Refusal.TENDER_KNOWN);
        Fields body = new Fields(act.body());
        List<String> lots = body.texts("lots");
        List<String> envelopes = body.texts("envelopes");
        List<UUID> openers = act.parties(OPENER);
        long threshold = body.number("threshold");
        Refused.unless(
                !lots.isEmpty()
                        && new HashSet<>(lots).size() == lots.size()
                        && lots.stream().allMatch(lot -> LOT.matcher(lot).matches())
                        && (envelopes.equals(ENVELOPES) || envelopes.equals(List.of("PRICE"))),
                Refusal.WRONG_BODY);
        // Who opens must be more than half of those who can, or two groups could open different things.
        Refused.unless(
                openers.size() >= FEWEST_OPENERS && threshold <= openers.size() && threshold * 2 > openers.size(),
                Refusal.WRONG_OPENERS);
        for (UUID opener : openers) {
            boolean platform = register.knownMember(opener).kind() == OrganisationKind.PLATFORM;
            Refused.unless(!platform, Refusal.WRONG_OPENERS);
        }
        checkOpenersKeys(act, envelopes);
        Instant deadline = body.instant("deadline");
        Refused.unless(deadline.isAfter(act.occurredAt()), Refusal.TOO_LATE);
        register.write(
                TenderStanding.key(tender),
                new TenderStanding(
                                act.party(BUYER).orElseThrow(),
                                openers,
                                (int) threshold,
                                lots,
                                envelopes,
                                false,
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of())
                        .json());
        register.write(Gate.key(tender), new Gate(true, deadline, act.digest(), lots).json());
    }

    /** Each opener has shown for each envelope that it has the private half of the key that bids are sealed for. */
    private static void checkOpenersKeys(Act act, List<String> envelopes) {
        Set<String> expected = new HashSet<>();
        act.parties(OPENER).forEach(opener -> envelopes.forEach(envelope -> expected.add(opener + envelope)));
        Set<String> keys = new HashSet<>();
        for (Fields each : new Fields(act.body()).objects("openers", Fields::new)) {
            Fields key = Fields.of(each.values(), Set.of("envelope", "key", "opener", "proof"));
            UUID opener = key.uuid("opener");
            byte[] publicKey = decoded(key.text("key"));
            boolean proven = SignatureAlgorithm.SM2_SM3.verifies(
                    publicKey,
                    TenderStanding.openersProof(act.subject().id(), opener, key.text("envelope")),
                    decoded(key.text("proof")));
            Refused.unless(
                    proven && keys.add(key.text("key")) && expected.remove(opener + key.text("envelope")),
                    Refusal.WRONG_OPENERS);
        }
        Refused.unless(expected.isEmpty(), Refusal.WRONG_OPENERS);
    }

    /** New documents or a new deadline. Every bid so far was for other terms and has to be made again. */
    private static void amend(Act act, Register register) {
        buyers(act, register);
        Gate gate = gate(act.subject().id(), register);
        Refused.unless(gate.open(), Refusal.TENDER_CLOSED);
        checkClock(act, register);
        // After the deadline nobody makes room for one who came too late.
        Refused.unless(timeOf(act, gate, register).isBefore(gate.deadline()), Refusal.TOO_LATE);
        Instant deadline = new Fields(act.body()).instant("deadline");
        Refused.unless(!deadline.isBefore(gate.deadline()), Refusal.TOO_EARLY);
        register.write(Gate.key(act.subject().id()), new Gate(true, deadline, act.digest(), gate.lots()).json());
    }

    /** The endorser's clock, unless the deadline had passed before this ledger began: then only the act can tell. */
    private static Instant timeOf(Act act, Gate gate, Register register) {
        Past past = register.past();
        return past != null && past.covers(gate.deadline()) ? act.occurredAt() : register.now();
    }

    private static void close(Act act, Register register) {
        UUID id = act.subject().id();
        TenderStanding tender = buyers(act, register);
        Gate gate = gate(id, register);
        Refused.unless(gate.open(), Refusal.TENDER_CLOSED);
        checkClock(act, register);
        Refused.unless(
                !register.now().isBefore(gate.deadline().plus(TenderStanding.LANDING))
                        && !act.occurredAt().isBefore(gate.deadline()),
                Refusal.TOO_EARLY);
        List<UUID> live = register.range(BidStanding.prefix(id), BidStanding::parse).stream()
                .filter(bid -> bid.live(gate.terms()))
                .map(BidStanding::id)
                .toList();
        checkExactly(new Fields(act.body()).uuids("bids"), live);
        register.write(TenderStanding.key(id), tender.closed(live).json());
        register.write(Gate.key(id), gate.shut().json());
    }

    /** What one bid's envelope held, by digest; null when it could not be read: by the bidder's fault, or its bytes were missing. */
    private record Content(UUID bid, boolean readable) {}

    private static List<Content> contents(Act act) {
        return new Fields(act.body()).objects("bids", tree -> {
            Fields fields = Fields.of(tree, Set.of("bid", "content"));
            String content = fields.textOrNull("content");
            if (content != null && !DIGEST.matcher(content).matches()) {
                throw new MalformedAct("content is a digest");
            }
            return new Content(fields.uuid("bid"), content != null);
        });
    }

    private static void open(Act act, Register register) {
        UUID id = act.subject().id();
        TenderStanding tender = closedTender(act, register);
        checkClock(act, register);
        Gate gate = gate(id, register);
        Refused.unless(!register.now().isBefore(gate.deadline().plus(TenderStanding.LANDING)), Refusal.TOO_EARLY);
        List<UUID> openers = act.parties(OPENER);
        Refused.unless(
                tender.openers().containsAll(openers) && openers.size() >= tender.threshold(), Refusal.WRONG_OPENERS);
        if (tender.opened().size() > tender.scored().size()) {
            openMissed(act, tender, register);
            return;
        }
        String envelope = nextEnvelope(act, tender.envelopes(), tender.opened());
        // The first envelope is marked before anybody sees the second.
        Refused.unless(tender.scored().equals(tender.opened()), Refusal.WRONG_STEP);
        List<BidStanding> due = due(tender, register, act.subject().id());
        if (due.stream().anyMatch(bid -> bid.org() == null)) {
            // Nobody leaves out a bid alone because its bidder has not shown itself.
            UUID regulator = act.party(REGULATOR).orElseThrow(() -> new Refused(Refusal.BIDDER_HIDDEN));
            Refused.unless(register.isRegulator(regulator), Refusal.NOT_ENTITLED);
        }
        List<BidStanding> shown = due.stream().filter(bid -> bid.org() != null).toList();
        List<Content> contents = contents(act);
        checkExactly(
                contents.stream().map(Content::bid).toList(),
                shown.stream().map(BidStanding::id).toList());
        read(contents, envelope, id, register);
        register.write(TenderStanding.key(id), tender.opened(envelope).json());
    }

    /** Bytes that were missing when the others were opened have been brought: until they are scored those bids are opened, too. */
    private static void openMissed(Act act, TenderStanding tender, Register register) {
        UUID id = act.subject().id();
        String envelope = nextEnvelope(act, tender.opened(), tender.scored());
        List<Content> contents = contents(act);
        Set<UUID> missed = new HashSet<>();
        due(tender, register, id).stream()
                .filter(bid -> bid.org() != null && !bid.opened().contains(envelope))
                .forEach(bid -> missed.add(bid.id()));
        boolean own = contents.stream().allMatch(each -> each.readable() && missed.remove(each.bid()));
        Refused.unless(own && !contents.isEmpty(), Refusal.WRONG_STEP);
        read(contents, envelope, id, register);
    }

    private static void read(List<Content> contents, String envelope, UUID id, Register register) {
        for (Content content : contents) {
            if (content.readable()) {
                String key = BidStanding.key(id, content.bid());
                register.write(
                        key, bid(id, content.bid(), register).opened(envelope).json());
            }
        }
    }

    /** The bids whose next envelope is to be opened, of lots that are still open: all live ones, then those that qualified. */
    private static List<BidStanding> due(TenderStanding tender, Register register, UUID id) {
        List<BidStanding> due = new ArrayList<>();
        for (UUID bid : tender.live()) {
            BidStanding standing = bid(id, bid, register);
            if (standing.qualified().equals(tender.scored()) && !tender.awards().containsKey(standing.lot())) {
                due.add(standing);
            }
        }
        return due;
    }

    private static void score(Act act, Register register) {
        UUID id = act.subject().id();
        TenderStanding tender = buyers(act, register);
        String envelope = nextEnvelope(act, tender.opened(), tender.scored());
        Fields body = new Fields(act.body());
        Refused.unless(DIGEST.matcher(body.text("root")).matches(), Refusal.WRONG_BODY);
        List<UUID> qualified = body.uuids("qualified");
        Refused.unless(new HashSet<>(qualified).size() == qualified.size(), Refusal.WRONG_BODY);
        for (UUID each : qualified) {
            BidStanding bid = bid(id, each, register);
            Refused.unless(bid.opened().contains(envelope), Refusal.BID_NOT_OPENED);
            register.write(BidStanding.key(id, each), bid.qualified(envelope).json());
        }
        register.write(TenderStanding.key(id), tender.scored(envelope).json());
    }

    private static void award(Act act, Register register) {
        UUID id = act.subject().id();
        TenderStanding tender = buyers(act, register);
        Fields body = new Fields(act.body());
        String lot = undecided(body.text("lot"), tender);
        BidStanding bid = bid(id, body.uuid("bid"), register);
        Refused.unless(tender.live().contains(bid.id()) && bid.lot().equals(lot), Refusal.BID_NOT_COMMITTED);
        Refused.unless(bid.opened().equals(tender.envelopes()), Refusal.BID_NOT_OPENED);
        Refused.unless(bid.qualified().equals(tender.envelopes()), Refusal.BID_NOT_QUALIFIED);
        UUID winner = act.party(BIDDER).orElseThrow();
        Refused.unless(winner.equals(bid.org()), Refusal.WRONG_PARTIES);
        TenderStanding.Award award =
                new TenderStanding.Award(bid.id().toString(), winner.toString(), amount(body), currency(body), "");
        register.write(TenderStanding.key(id), tender.decided(lot, award).json());
    }

    private static void fail(Act act, Register register) {
        UUID id = act.subject().id();
        TenderStanding tender = buyers(act, register);
        List<String> lots = act.body().containsKey("lot")
                ? List.of(undecided(new Fields(act.body()).text("lot"), tender))
                : tender.lots().stream()
                        .filter(lot -> !tender.awards().containsKey(lot))
                        .toList();
        Refused.unless(!lots.isEmpty(), Refusal.LOT_DECIDED);
        TenderStanding failed = tender;
        for (String lot : lots) {
            failed = failed.decided(lot, TenderStanding.Award.NONE);
        }
        register.write(TenderStanding.key(id), failed.json());
        if (failed.awards().keySet().containsAll(failed.lots())) {
            register.write(Gate.key(id), gate(id, register).shut().json());
        }
    }

    static String amount(Fields body) {
        return Long.toString(body.number("amount"));
    }

    static String currency(Fields body) {
        String currency = body.text("currency");
        Refused.unless(CURRENCY.matcher(currency).matches(), Refusal.WRONG_BODY);
        return currency;
    }

    static TenderStanding tender(UUID id, Register register) {
        TenderStanding tender = register.read(TenderStanding.key(id), TenderStanding::parse);
        if (tender == null) {
            throw new Refused(Refusal.UNKNOWN_TENDER);
        }
        return tender;
    }

    static Gate gate(UUID tender, Register register) {
        Gate gate = register.read(Gate.key(tender), Gate::parse);
        if (gate == null) {
            throw new Refused(Refusal.UNKNOWN_TENDER);
        }
        return gate;
    }

    private static BidStanding bid(UUID tender, UUID bid, Register register) {
        BidStanding standing = register.read(BidStanding.key(tender, bid), BidStanding::parse);
        if (standing == null) {
            throw new Refused(Refusal.BID_NOT_COMMITTED);
        }
        return standing;
    }

    private static TenderStanding buyers(Act act, Register register) {
        TenderStanding tender = tender(act.subject().id(), register);
        Refused.unless(tender.buyer().equals(act.party(BUYER).orElseThrow()), Refusal.NOT_ENTITLED);
        return tender;
    }

    private static TenderStanding closedTender(Act act, Register register) {
        TenderStanding tender = tender(act.subject().id(), register);
        Refused.unless(tender.closed(), Refusal.TENDER_NOT_CLOSED);
        return tender;
    }

    /** Each envelope once, in their order. */
    private static String nextEnvelope(Act act, List<String> all, List<String> done) {
        String envelope = new Fields(act.body()).text("envelope");
        Refused.unless(done.size() < all.size() && all.get(done.size()).equals(envelope), Refusal.WRONG_STEP);
        return envelope;
    }

    private static String undecided(String lot, TenderStanding tender) {
        Refused.unless(tender.lots().contains(lot), Refusal.UNKNOWN_LOT);
        Refused.unless(!tender.awards().containsKey(lot), Refusal.LOT_DECIDED);
        return lot;
    }

    private static void checkExactly(List<UUID> named, List<UUID> expected) {
        Refused.unless(
                named.size() == expected.size() && new HashSet<>(named).equals(new HashSet<>(expected)),
                Refusal.BIDS_NOT_EXACT);
    }

    /** What says of itself that it happened later than the endorser knows is refused. */
    static void checkClock(Act act, Register register) {
        Refused.unless(!act.occurredAt().isAfter(register.now().plus(SKEW)), Refusal.TIME_AHEAD);
    }

    static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedAct("not Base64", e);
        }
    }
}
