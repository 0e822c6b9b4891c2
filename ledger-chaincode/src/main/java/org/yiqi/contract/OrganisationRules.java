package org.yiqi.contract;

import static org.yiqi.contract.PartyRole.ORGANISATION;
import static org.yiqi.contract.PartyRole.REGISTRAR;
import static org.yiqi.contract.PartyRole.REGULATOR;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Who takes part, under which keys, and who has been suspended. */
final class OrganisationRules {

    private static final String KEY_REGISTERED = "org.key-registered";
    private static final String KEY_ROTATED = "org.key-rotated";
    private static final String KEY_REVOKED = "org.key-revoked";

    /** Types whose new key signs too, to show that the organisation has its private half. */
    static final Set<String> BRINGS_A_KEY = Set.of(KEY_REGISTERED, KEY_ROTATED);

    private static final Subject.Kind SUBJECT = Subject.Kind.ORGANISATION;
    private static final Pattern MSP = Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,59}");

    private OrganisationRules() {}

    static List<ActRule> rules() {
        return List.of(
                new ActRule("org.registered", SUBJECT, Set.of(REGISTRAR), OrganisationRules::register)
                        .body("kind")
                        .optionalBody("msp"),
                new ActRule("org.msp-assigned", SUBJECT, Set.of(ORGANISATION, REGULATOR), (act, register) -> {
                            ownSubject(act);
                            assignMsp(act, register, act.party(REGULATOR).orElseThrow());
                        })
                        .body("msp"),
                new ActRule(KEY_REGISTERED, SUBJECT, Set.of(ORGANISATION), OrganisationRules::registerKey)
                        .optionalParty(REGISTRAR)
                        .signedBy(act -> Set.of(act.party(REGISTRAR).isPresent() ? REGISTRAR : ORGANISATION))
                        .body("alg", "custody", "keyId", "publicKey"),
                new ActRule(KEY_ROTATED, SUBJECT, Set.of(ORGANISATION), OrganisationRules::rotateKey)
                        .body("alg", "custody", "keyId", "publicKey", "replaces")
                        .evenWhileSuspended(),
                new ActRule(KEY_REVOKED, SUBJECT, Set.of(ORGANISATION), OrganisationRules::revokeKey)
                        .optionalParty(REGULATOR)
                        .signedBy(act -> Set.of(act.party(REGULATOR).isPresent() ? REGULATOR : ORGANISATION))
                        .body("keyId", "reason")
                        .evenWhileSuspended(),
                new ActRule(
                                "org.suspended",
                                SUBJECT,
                                Set.of(REGULATOR),
                                (act, register) -> suspend(act, register, true))
                        .body("reason")
                        .evenWhileSuspended(),
                new ActRule(
                                "org.reinstated",
                                SUBJECT,
                                Set.of(REGULATOR),
                                (act, register) -> suspend(act, register, false))
                        .body("reason")
                        .evenWhileSuspended());
    }

    private static void register(Act act, Register register) {
        UUID org = act.subject().id();
        UUID by = act.party(REGISTRAR).orElseThrow();
        Refused.unless(register.member(org) == null, Refusal.ORGANISATION_KNOWN);
        Refused.unless(register.knownMember(by).registrar(), Refusal.NOT_ENTITLED);
        OrganisationKind kind = Names.of(OrganisationKind.class, new Fields(act.body()).text("kind"));
        // An authority is entered by an authority; the platform must not be able to make one.
        Refused.unless(kind != OrganisationKind.REGULATOR || register.isRegulator(by), Refusal.NOT_ENTITLED);
        register.put(org, new Member(kind, kind == OrganisationKind.REGULATOR, false));
        if (act.body().containsKey("msp")) {
            assignMsp(act, register, by);
        }
    }

    /** Whose peer speaks for an organisation is the authority's to say: the platform could otherwise name its own. */
    private static void assignMsp(Act act, Register register, UUID by) {
        Refused.unless(register.isRegulator(by), Refusal.NOT_ENTITLED);
        String msp = new Fields(act.body()).text("msp");
        Refused.unless(MSP.matcher(msp).matches(), Refusal.WRONG_BODY);
        register.msp(act.subject().id(), msp);
    }

    private static void registerKey(Act act, Register register) {
        UUID org = ownSubject(act);
        OrganisationKey key = keyOf(act);
        Refused.unless(register.key(org, key.keyId()) == null, Refusal.KEY_KNOWN);
        List<OrganisationKey> keys = register.keys(org);
        boolean own = act.party(REGISTRAR).isEmpty();
        if (keys.stream().anyMatch(OrganisationKey::active)) {
            // Whoever holds a key decides about the next one; otherwise a registrar could speak for it.
            Refused.unless(own, Refusal.NOT_ENTITLED);
        } else {
            UUID by = act.party(REGISTRAR).orElseThrow(() -> new Refused(Refusal.NOT_ENTITLED));
            boolean first = keys.isEmpty() && register.knownMember(by).registrar();
            Refused.unless(first || register.isRegulator(by), Refusal.NOT_ENTITLED);
        }
        checkCustody(key, keys);
        register.put(key);
    }

    /** One key takes the place of another: the way from a managed key to a held one, and back. */
    private static void rotateKey(Act act, Register register) {
        UUID org = ownSubject(act);
        OrganisationKey key = keyOf(act);
        Refused.unless(register.key(org, key.keyId()) == null, Refusal.KEY_KNOWN);
        OrganisationKey old = register.key(org, new Fields(act.body()).text("replaces"));
        if (old == null) {
            throw new Refused(Refusal.UNKNOWN_KEY);
        }
        Refused.unless(old.active(), Refusal.REVOKED_KEY);
        List<OrganisationKey> others = register.keys(org).stream()
                .filter(other -> !other.keyId().equals(old.keyId()))
                .toList();
        checkCustody(key, others);
        register.put(old.revoked(act.id()));
        register.put(key);
    }

    /** Whoever signs with a key of its own does not leave a second one with the platform. */
    private static void checkCustody(OrganisationKey key, List<OrganisationKey> others) {
        Refused.unless(
                others.stream().filter(OrganisationKey::active).allMatch(other -> other.custody() == key.custody()),
                Refusal.MIXED_CUSTODY);
    }

    /** The key that an {@code org.key-registered} act brings in. */
    static OrganisationKey keyOf(Act act) {
        try {
            return OrganisationKey.ofBody(act.subject().id(), new Fields(act.body()), act.id());
        } catch (MalformedAct e) {
            throw new Refused(Refusal.WRONG_BODY);
        }
    }

    static Optional<String> endedKey(Act act) {
        return switch (act.type()) {
            case KEY_ROTATED -> Optional.of(new Fields(act.body()).text("replaces"));
            case KEY_REVOKED -> Optional.of(new Fields(act.body()).text("keyId"));
            default -> Optional.empty();
        };
    }

    private static void revokeKey(Act act, Register register) {
        UUID org = ownSubject(act);
        act.party(REGULATOR).ifPresent(by -> Refused.unless(register.isRegulator(by), Refusal.NOT_ENTITLED));
        OrganisationKey key = register.key(org, new Fields(act.body()).text("keyId"));
        if (key == null) {
            throw new Refused(Refusal.UNKNOWN_KEY);
        }
        Refused.unless(key.active(), Refusal.REVOKED_KEY);
        register.put(key.revoked(act.id()));
    }

    private static void suspend(Act act, Register register, boolean suspended) {
        UUID org = act.subject().id();
        Refused.unless(register.isRegulator(act.party(REGULATOR).orElseThrow()), Refusal.NOT_ENTITLED);
        Member member = register.knownMember(org);
        Refused.unless(member.suspended() != suspended, suspended ? Refusal.SUSPENDED : Refusal.NOT_SUSPENDED);
        register.put(org, member.suspended(suspended));
    }

    private static UUID ownSubject(Act act) {
        UUID org = act.party(ORGANISATION).orElseThrow();
        Refused.unless(org.equals(act.subject().id()), Refusal.WRONG_PARTIES);
        return org;
    }
}
