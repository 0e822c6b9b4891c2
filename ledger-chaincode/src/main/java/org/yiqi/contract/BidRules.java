package org.yiqi.contract;

import static org.yiqi.contract.PartyRole.BIDDER;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Sealed bids. Each is a subject of its own with a key of its own, so that bidders never race for one head and nobody
 * sees who bids before the closing; its act {@code bid.committed} may be repeated to replace it.
 *
 * <p>Between the closing and the first opening each bidder shows itself ({@code bid.revealed}): after that it would be
 * too late, for one who had seen the prices could otherwise choose which of several bids was its own.
 */
public final class BidRules {

    private static final Subject.Kind SUBJECT = Subject.Kind.BID;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String TOKEN = "token";
    private static final int LONGEST_TOKEN = 10_000;

    private BidRules() {}

    static List<ActRule> rules() {
        return List.of(
                new ActRule("bid.committed", SUBJECT, Set.of(), BidRules::commit)
                        .signedByItsOwnKey((act, register) -> keyOf(act))
                        .body("alg", "bidder", "commitment", "lot", "publicKey", "tender", "terms")
                        .structuredBody(TOKEN)
                        .reads(BidRules::tender),
                new ActRule("bid.withdrawn", SUBJECT, Set.of(), BidRules::withdraw)
                        .signedByItsOwnKey(
                                (act, register) -> committed(act, register).key())
                        .body("tender")
                        .reads(BidRules::tender),
                new ActRule("bid.revealed", SUBJECT, Set.of(BIDDER), BidRules::reveal)
                        .body("salt", "tender")
                        .reads(BidRules::tender));
    }

    private static Set<Subject> tender(Act act) {
        return Set.of(Subject.tender(new Fields(act.body()).uuid("tender")));
    }

    private static OrganisationKey keyOf(Act act) {
        Fields body = new Fields(act.body());
        return OrganisationKey.of(
                act.subject().id(),
                Names.of(SignatureAlgorithm.class, body.text("alg")),
                TenderRules.decoded(body.text("publicKey")),
                OrganisationKey.Custody.HELD);
    }

    private static void commit(Act act, Register register) {
        Fields body = new Fields(act.body());
        UUID tender = body.uuid("tender");
        UUID id = act.subject().id();
        Gate gate = openGate(tender, register);
        Refused.unless(gate.terms().equals(body.text("terms")), Refusal.OTHER_TERMS);
        Refused.unless(gate.lots().contains(body.text("lot")), Refusal.UNKNOWN_LOT);
        Refused.unless(
                DIGEST.matcher(body.text("commitment")).matches()
                        && DIGEST.matcher(body.text("bidder")).matches(),
                Refusal.WRONG_BODY);
        OrganisationKey key = keyOf(act);
        if (register.head(act.subject()) != null) {
            BidStanding before = committed(act, register);
            boolean same = before.key().keyId().equals(key.keyId())
                    && before.lot().equals(body.text("lot"))
                    && before.bidder().equals(body.text("bidder"));
            Refused.unless(same, Refusal.WRONG_SUBJECT);
        }
        TenderRules.checkClock(act, register);
        TimeAuthority authority = inTime(act, gate, register);
        BidStanding bid = new BidStanding(
                id,
                tender,
                body.text("lot"),
                key,
                body.text("bidder"),
                body.text("commitment"),
                gate.terms(),
                authority.id(),
                false,
                null,
                List.of(),
                List.of());
        register.write(BidStanding.key(tender, id), bid.json());
    }

    /** An authority of the ledger says that this bid, as it stands here, existed by the deadline. */
    private static TimeAuthority inTime(Act act, Gate gate, Register register) {
        String text = new Fields(act.body()).text(TOKEN);
        Refused.unless(text.length() <= LONGEST_TOKEN, Refusal.WRONG_BODY);
        TimeToken token = TimeToken.parse(text);
        TimeAuthority authority =
                token.signedBy(register.range(TimeAuthority.key(""), TimeAuthority::parse), stamped(act));
        Refused.unless(!token.time().isAfter(gate.deadline()), Refusal.TOO_LATE);
        return authority;
    }

    static byte[] stamped(Act act) {
        return stamped(act.subject().id(), act.body());
    }

    /** The bytes that a bid's time token is over: the whole bid but the token. */
    public static byte[] stamped(UUID bid, Map<String, Object> body) {
        Map<String, Object> tree = new HashMap<>(body);
        tree.remove(TOKEN);
        tree.put("bid", bid.toString());
        return CanonicalJson.write(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** When a bid's authority says that it was there: what its receipt names. */
    public static Instant stampedAt(Map<String, Object> body) {
        return TimeToken.parse(new Fields(body).text(TOKEN)).time();
    }

    private static void withdraw(Act act, Register register) {
        UUID tender = new Fields(act.body()).uuid("tender");
        Gate gate = openGate(tender, register);
        BidStanding bid = committed(act, register);
        Refused.unless(!bid.withdrawn(), Refusal.BID_NOT_COMMITTED);
        Refused.unless(!act.occurredAt().isAfter(gate.deadline()), Refusal.TOO_LATE);
        register.write(BidStanding.key(tender, bid.id()), bid.takenBack().json());
    }

    private static void reveal(Act act, Register register) {
        Fields body = new Fields(act.body());
        TenderStanding tender = TenderRules.tender(body.uuid("tender"), register);
        BidStanding bid = committed(act, register);
        Refused.unless(tender.closed(), Refusal.TENDER_NOT_CLOSED);
        Refused.unless(tender.live().contains(bid.id()) && bid.org() == null, Refusal.BID_NOT_COMMITTED);
        Refused.unless(tender.opened().isEmpty(), Refusal.TOO_LATE);
        UUID org = act.party(BIDDER).orElseThrow();
        Refused.unless(bidder(body.text("salt"), org).equals(bid.bidder()), Refusal.NOT_BIDDER);
        // One bid for a lot: who makes ten has ten chances to look like the best.
        String key = "bidder/" + bid.tender() + "/" + bid.lot() + "/" + org;
        Refused.unless(register.read(key, text -> text) == null, Refusal.BIDS_TWICE);
        register.write(key, CanonicalJson.write(Map.of("bid", bid.id().toString())));
        register.write(BidStanding.key(bid.tender(), bid.id()), bid.of(org).json());
    }

    /** How a bid names its bidder before it is revealed. */
    public static String bidder(String salt, UUID org) {
        Refused.unless(DIGEST.matcher(salt).matches(), Refusal.WRONG_BODY);
        return Act.sha256(
                CanonicalJson.write(Map.of("org", org.toString(), "salt", salt)).getBytes(StandardCharsets.UTF_8));
    }

    private static Gate openGate(UUID tender, Register register) {
        Gate gate = TenderRules.gate(tender, register);
        Refused.unless(gate.open(), Refusal.TENDER_CLOSED);
        return gate;
    }

    private static BidStanding committed(Act act, Register register) {
        UUID tender = new Fields(act.body()).uuid("tender");
        BidStanding bid = register.read(BidStanding.key(tender, act.subject().id()), BidStanding::parse);
        if (bid == null) {
            throw new Refused(Refusal.BID_NOT_COMMITTED);
        }
        return bid;
    }
}
