package org.yiqi.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ledger's state by name instead of by key. */
final class Register {

    private static final String FOUNDING = "founding";
    private static final String PAST = "past";
    private static final String ACT = "act/";
    static final String HEAD = "head/";
    private static final String ORG = "org/";
    static final String UNIT = "unit/";

    private final LedgerState state;
    private final Instant now;

    /** For reading, and for rules in which time decides nothing. */
    Register(LedgerState state) {
        this(state, Instant.EPOCH);
    }

    /** @param now the endorser's clock */
    Register(LedgerState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    /** The endorser's own clock. Only acts in which time decides may look at it. */
    Instant now() {
        return now;
    }

    /** Where it is read for an act of any type whether it is known, who its parties are, what went before and who signed. */
    static List<String> keysOf(SignedAct signed) {
        Act act = signed.act();
        List<String> keys = new ArrayList<>(List.of(ACT + act.id(), HEAD + act.subject()));
        act.parties().forEach(party -> keys.add(ORG + party.org()));
        signed.signatures().forEach(signature -> keys.add(keyOf(signature.org(), signature.keyId())));
        if (act.subject().kind() == Subject.Kind.CUSTODY || act.subject().kind() == Subject.Kind.HOLDS) {
            keys.add(UNIT + act.subject().id());
        }
        return keys;
    }

    @Nullable
    Founding founding() {
        String json = state.get(FOUNDING);
        return json == null ? null : Founding.parse(json);
    }

    void found(Founding founding) {
        state.put(FOUNDING, founding.json());
    }

    /** The local ledger that this one continues, or null. */
    @Nullable
    Past past() {
        return read(PAST, Past::parse);
    }

    void continues(Past past) {
        state.put(PAST, past.json());
    }

    @Nullable
    SignedAct act(UUID id) {
        String json = state.get(ACT + id);
        return json == null ? null : SignedAct.parse(json);
    }

    @Nullable
    Head head(Subject subject) {
        String json = state.get(HEAD + subject);
        return json == null ? null : Head.parse(json);
    }

    void append(SignedAct signed) {
        Act act = signed.act();
        Head head = head(act.subject());
        int position = head == null ? 0 : head.length();
        state.put(ACT + act.id(), signed.json());
        state.put(chain(act.subject()) + place(position), quoted(act.id()));
        state.put(HEAD + act.subject(), new Head(act.id(), act.digest(), act.occurredAt(), position + 1).json());
    }

    List<UUID> chainOf(Subject subject) {
        return state.range(chain(subject)).stream()
                .map(entry -> new Fields(CanonicalJson.read(entry.value())).uuid("act"))
                .toList();
    }

    @Nullable
    Member member(UUID org) {
        String json = state.get(ORG + org);
        return json == null ? null : Member.parse(json);
    }

    Member knownMember(UUID org) {
        Member member = member(org);
        if (member == null) {
            throw new Refused(Refusal.UNKNOWN_ORGANISATION);
        }
        return member;
    }

    boolean isRegulator(UUID org) {
        Member member = member(org);
        return member != null && member.kind() == OrganisationKind.REGULATOR;
    }

    List<UUID> regulators() {
        return state.range(ORG).stream()
                .filter(entry -> Member.parse(entry.value()).kind() == OrganisationKind.REGULATOR)
                .map(entry -> UUID.fromString(entry.key().substring(ORG.length())))
                .toList();
    }

    void put(UUID org, Member member) {
        state.put(ORG + org, member.json());
    }

    List<OrganisationKey> keys(UUID org) {
        return state.range("key/" + org + "/").stream()
                .map(entry -> OrganisationKey.read(CanonicalJson.read(entry.value())))
                .toList();
    }

    @Nullable
    OrganisationKey key(UUID org, String keyId) {
        String json = state.get(keyOf(org, keyId));
        return json == null ? null : OrganisationKey.read(CanonicalJson.read(json));
    }

    void put(OrganisationKey key) {
        state.put(keyOf(key.org(), key.keyId()), CanonicalJson.write(key.tree()));
    }

    /** What a family keeps under a key of its own, or null. */
    <T> @Nullable T read(String key, Function<String, T> parse) {
        String json = state.get(key);
        return json == null ? null : parse.apply(json);
    }

    <T> List<T> range(String prefix, Function<String, T> parse) {
        return state.range(prefix).stream()
                .map(entry -> parse.apply(entry.value()))
                .toList();
    }

    void write(String key, String json) {
        state.put(key, json);
    }

    @Nullable
    UnitStanding unit(UUID unit) {
        String json = state.get(UNIT + unit);
        return json == null ? null : UnitStanding.parse(json);
    }

    UnitStanding openUnit(UUID unit) {
        UnitStanding standing = unit(unit);
        if (standing == null) {
            throw new Refused(Refusal.UNKNOWN_UNIT);
        }
        Refused.unless(!standing.closed(), Refusal.UNIT_CLOSED);
        Refused.unless(!standing.disposed(), Refusal.UNIT_DISPOSED);
        return standing;
    }

    void put(UUID unit, UnitStanding standing) {
        state.put(UNIT + unit, standing.json());
    }

    /** Who placed a hold that still stands, or null. */
    @Nullable
    UUID holder(UUID unit, UUID hold) {
        String json = state.get("hold/" + unit + "/" + hold);
        return json == null ? null : new Fields(CanonicalJson.read(json)).uuidOrNull("holder");
    }

    void hold(UUID unit, UUID hold, @Nullable UUID holder) {
        Map<String, Object> tree = new HashMap<>();
        tree.put("holder", holder == null ? null : holder.toString());
        state.put("hold/" + unit + "/" + hold, CanonicalJson.write(tree));
    }

    /** The id of the act at a place of a subject's chain, counted from 0; null behind its end. */
    @Nullable
    UUID actAt(Subject subject, int position) {
        String json = state.get(chain(subject) + place(position));
        return json == null ? null : new Fields(CanonicalJson.read(json)).uuid("act");
    }

    /** The member service of whose peer an organisation's consent is asked for; null while its kind's host has it. */
    @Nullable
    String msp(UUID org) {
        String json = state.get("msp/" + org);
        return json == null ? null : new Fields(CanonicalJson.read(json)).text("msp");
    }

    void msp(UUID org, String msp) {
        state.put("msp/" + org, CanonicalJson.write(Map.of("msp", msp)));
    }

    private static String keyOf(UUID org, String keyId) {
        return "key/" + org + "/" + keyId;
    }

    private static String chain(Subject subject) {
        return "chain/" + subject + "/";
    }

    private static String place(int position) {
        String digits = Integer.toString(position);
        return "0".repeat(10 - digits.length()) + digits;
    }

    private static String quoted(UUID act) {
        return CanonicalJson.write(Map.of("act", act.toString()));
    }
}
