package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Refusal;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.shared.Ids;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;

/**
 * Turns what an area asks for into an act at the end of its subject's chain, on a connection that sees the whole ledger.
 *
 * <p>The ledger's own rules are asked beforehand, so that a refusal reaches the person and not a case a second later.
 * An organisation enters the ledger, and gets its first key, with the first act that it takes part in.
 */
@Dependent
class ActWriter {

    /** How long an act keeps its place in the chain while signatures are missing. */
    static final Duration PATIENCE = Duration.ofDays(7);

    private final KeyStore keys;
    private final Clock clock;
    private final Consumer<ActQueued> queued;

    @Inject
    ActWriter(KeyStore keys, Clock clock, Event<ActQueued> queued) {
        this(keys, clock, queued::fire);
    }

    ActWriter(KeyStore keys, Clock clock, Consumer<ActQueued> queued) {
        this.keys = keys;
        this.clock = clock;
        this.queued = queued;
    }

    /** An act in the making and those who must sign it. */
    record Draft(Act act, Set<UUID> signers) {}

    /** The next act of its subject, checked by the ledger's rules except for the signatures. */
    Draft draft(Connection c, NewAct wanted) throws SQLException {
        for (Party party : wanted.parties()) {
            enter(c, party.org());
        }
        return draftOf(c, wanted);
    }

    private Draft draftOf(Connection c, NewAct wanted) throws SQLException {
        return draftOf(c, wanted, subjects -> ActStore.pending(c, subjects));
    }

    private Draft draftOf(Connection c, NewAct wanted, OnTheWay onTheWay) throws SQLException {
        ActStore.lock(c, wanted.subject());
        if (ActStore.stopped(c, wanted.subject())) {
            throw new Conflict("ledger.subject-stopped", "An earlier act was refused; an operator has to look at it");
        }
        Optional<ActView> last = ActStore.last(c, wanted.subject());
        if (last.map(ActView::state).filter(ActState.WAITING_SIGNATURE::equals).isPresent()) {
            throw new Conflict("ledger.chain-reserved", "Another act on this subject still waits for a signature");
        }
        Act act = act(wanted, last.map(ActView::digest).orElse(null));
        try {
            Draft draft = new Draft(act, LedgerRules.signersOf(act));
            check(c, new SignedAct(act, List.of()), false, onTheWay);
            return draft;
        } catch (MalformedAct e) {
            throw new RuleViolation("ledger.malformed-act", String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Acts of one organisation alone on as many subjects, signed together. What the ledger would refuse, and what waits behind
     * another act, is left out with the reason's code.
     *
     * @return by subject the act's id, or the code of the refusal
     */
    Map<Subject, Proposed> proposeAll(Connection c, List<NewAct> wanted, UUID org, @Nullable UUID person)
            throws SQLException {
        enter(c, org);
        OrganisationKey key = keyOf(c, org, person);
        Map<Subject, Proposed> answers = new HashMap<>();
        List<Draft> drafts = new ArrayList<>();
        List<@Nullable UUID> references = new ArrayList<>();
        OnTheWay onTheWay = onTheWay(c, wanted, org);
        List<NewAct> ordered = wanted.stream()
                .sorted(Comparator.comparing(act -> act.subject().toString()))
                .toList();
        for (NewAct one : ordered) {
            try {
                Draft draft = draftOf(c, one, onTheWay);
                if (!draft.signers().equals(Set.of(org))) {
                    throw new RuleViolation(
                            "ledger.more-signers", "Only what one organisation signs alone goes together");
                }
                drafts.add(draft);
                references.add(one.reference());
            } catch (RuleViolation | Conflict refused) {
                answers.put(one.subject(), new Proposed(null, refused.code()));
            }
        }
        List<Act> acts = drafts.stream().map(Draft::act).toList();
        boolean managed = key.custody() == OrganisationKey.Custody.MANAGED;
        List<ActSignature> signatures = managed ? keys.signAll(c, key, acts) : List.of();
        Instant now = clock.instant();
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            SignedAct signed = new SignedAct(act, managed ? List.of(signatures.get(i)) : List.of());
            ActStore.insert(
                    c, signed, managed ? Set.of() : Set.of(org), references.get(i), person, now, now.plus(PATIENCE));
            answers.put(act.subject(), new Proposed(act.id(), ""));
        }
        if (managed && !acts.isEmpty()) {
            queued.accept(new ActQueued());
        }
        return answers;
    }

    /** Complete acts on any of these subjects that the ledger has not answered yet. */
    private interface OnTheWay {
        List<SignedAct> on(Set<Subject> subjects) throws SQLException;
    }

    /** Read once for many acts: asking for each of thousands would read the same thousands each time. */
    private static OnTheWay onTheWay(Connection c, List<NewAct> wanted, UUID org) throws SQLException {
        Set<Subject> subjects = new HashSet<>(Set.of(Subject.organisation(org)));
        for (NewAct one : wanted) {
            subjects.addAll(LedgerRules.subjectsOf(act(one, null)));
        }
        for (SignedAct waiting : ActStore.pending(c, subjects)) {
            waiting.act().parties().forEach(party -> subjects.add(Subject.organisation(party.org())));
            subjects.addAll(LedgerRules.subjectsOf(waiting.act()));
        }
        List<SignedAct> known = ActStore.pending(c, subjects);
        return asked -> known.stream()
                .filter(waiting -> asked.contains(waiting.act().subject()))
                .toList();
    }

    private static Act act(NewAct wanted, @Nullable String previous) {
        Map<String, Object> body = new HashMap<>(wanted.body());
        if (wanted.reference() != null) {
            body.put("reference", wanted.reference().toString());
        }
        return new Act(
                Ids.next(),
                wanted.type(),
                1,
                wanted.subject(),
                wanted.occurredAt(),
                wanted.parties(),
                body,
                wanted.evidence(),
                previous);
    }

    /** Puts one more signature on a waiting act; with the last one the ledger's rules are asked again, for everything. */
    void update(Connection c, SignedAct signed, Set<UUID> missing) throws SQLException {
        if (missing.isEmpty()) {
            complete(c, signed);
        }
        ActStore.signed(c, signed, missing);
    }

    private void complete(Connection c, SignedAct signed) throws SQLException {
        check(c, signed, true, subjects -> ActStore.pending(c, subjects));
        keys.follow(c, signed.act(), clock.instant());
        queued.accept(new ActQueued());
    }

    /**
     * Who has still to sign. Whoever brings a key in signs with that key, and with the one before it if there is one.
     */
    static Set<UUID> missing(SignedAct signed) {
        Act act = signed.act();
        String brought = LedgerRules.newKey(act).map(OrganisationKey::keyId).orElse("");
        Set<UUID> missing = new HashSet<>(LedgerRules.signersOf(act));
        boolean proven = brought.isEmpty();
        for (ActSignature signature : signed.signatures()) {
            if (signature.keyId().equals(brought)) {
                proven = true;
            } else {
                missing.remove(signature.org());
            }
        }
        if (!proven) {
            missing.add(act.subject().id());
        }
        return missing;
    }

    /** @throws RuleViolation with the ledger's own code, if it would refuse the act */
    private void check(Connection c, SignedAct candidate, boolean complete, OnTheWay onTheWay) throws SQLException {
        Act act = candidate.act();
        Set<Subject> related = new HashSet<>(LedgerRules.subjectsOf(act));
        act.parties().forEach(party -> related.add(Subject.organisation(party.org())));
        // What waits on the subject may bind organisations that are on their way to the ledger themselves, and lean on
        // other subjects whose acts wait too.
        for (SignedAct waiting : onTheWay.on(related)) {
            waiting.act().parties().forEach(party -> related.add(Subject.organisation(party.org())));
            related.addAll(LedgerRules.subjectsOf(waiting.act()));
        }
        Optional<Refusal> refusal =
                LedgerRules.preview(onTheWay.on(related), candidate, complete, new JdbcLedgerState(c), clock.instant());
        if (refusal.isPresent()) {
            throw new RuleViolation(refusal.get().code(), "The ledger refuses this act");
        }
    }

    /** The organisation's signature by its managed key, or nothing if it holds its key itself. */
    Optional<ActSignature> sign(Connection c, UUID org, @Nullable UUID person, Act act) throws SQLException {
        OrganisationKey key = keyOf(c, org, person);
        return key.custody() == OrganisationKey.Custody.MANAGED
                ? Optional.of(keys.sign(c, key, act))
                : Optional.empty();
    }

    /** @throws RuleViolation if this is not a signature that the ledger would take from this organisation */
    void verify(Connection c, Act act, ActSignature signature) throws SQLException {
        Optional<OrganisationKey> active =
                keys.active(c, signature.org()).filter(key -> key.keyId().equals(signature.keyId()));
        OrganisationKey key = LedgerRules.newKey(act)
                .filter(brought ->
                        brought.org().equals(signature.org()) && brought.keyId().equals(signature.keyId()))
                .or(() -> active)
                .orElseThrow(() -> new RuleViolation(Refusal.UNKNOWN_KEY.code(), "Not your organisation's valid key"));
        if (!signature.verifies(key, act.bytes())) {
            throw new RuleViolation(Refusal.WRONG_SIGNATURE.code(), "Not this key's signature over the act's bytes");
        }
    }

    void insert(Connection c, SignedAct signed, Set<UUID> missing, @Nullable UUID reference, @Nullable UUID person)
            throws SQLException {
        if (missing.isEmpty()) {
            complete(c, signed);
        }
        ActStore.insert(
                c,
                signed,
                missing,
                reference,
                person,
                clock.instant(),
                clock.instant().plus(PATIENCE));
    }

    /** An act that the platform signs alone. */
    UUID asPlatform(Connection c, NewAct wanted) throws SQLException {
        Draft draft = draftOf(c, wanted);
        UUID platform = platform(c);
        if (!draft.signers().equals(Set.of(platform))) {
            throw new RuleViolation("ledger.more-signers", "The platform cannot sign this alone");
        }
        SignedAct signed = new SignedAct(draft.act(), List.of(byPlatform(c, platform, draft.act())));
        insert(c, signed, Set.of(), wanted.reference(), null);
        return signed.act().id();
    }

    /** Brings an approved organisation onto the ledger, unless it is there or on its way. */
    void enter(Connection c, UUID org) throws SQLException {
        Subject subject = Subject.organisation(org);
        if (LedgerQueries.member(org, new JdbcLedgerState(c)).isPresent()) {
            return;
        }
        ActStore.lock(c, subject);
        if (ActStore.last(c, subject).isPresent()) {
            return;
        }
        UUID platform = platform(c);
        Party registrar = new Party(platform, PartyRole.REGISTRAR);
        asPlatform(
                c,
                new NewAct(
                        "org.registered",
                        subject,
                        clock.instant(),
                        List.of(registrar),
                        Map.of("kind", kindOf(c, org).name()),
                        List.of(),
                        null));
    }

    private OrganisationKey keyOf(Connection c, UUID org, @Nullable UUID person) throws SQLException {
        Optional<OrganisationKey> active = keys.active(c, org);
        if (active.isPresent()) {
            return active.get();
        }
        ActStore.lock(c, Subject.organisation(org));
        active = keys.active(c, org);
        if (active.isPresent()) {
            return active.get();
        }
        if (keys.known(c, org)) {
            throw new Conflict(
                    "ledger.no-key", "The organisation's keys are revoked; a regulator vouches for a new one");
        }
        OrganisationKey key = keys.createManaged(c, org, person, clock.instant());
        registerFirst(c, key, person);
        return key;
    }

    private void registerFirst(Connection c, OrganisationKey key, @Nullable UUID person) throws SQLException {
        UUID platform = platform(c);
        NewAct wanted = new NewAct(
                "org.key-registered",
                Subject.organisation(key.org()),
                clock.instant(),
                List.of(new Party(key.org(), PartyRole.ORGANISATION), new Party(platform, PartyRole.REGISTRAR)),
                key.body(),
                List.of(),
                null);
        Act act = draftOf(c, wanted).act();
        List<ActSignature> signatures = new ArrayList<>(List.of(byPlatform(c, platform, act), keys.sign(c, key, act)));
        insert(c, new SignedAct(act, signatures), Set.of(), null, person);
    }

    ActSignature byPlatform(Connection c, UUID platform, Act act) throws SQLException {
        OrganisationKey key = keys.active(c, platform)
                .orElseThrow(() -> new Conflict("ledger.not-founded", "The ledger has not been founded yet"));
        return keys.sign(c, key, act);
    }

    static UUID platform(Connection c) throws SQLException {
        return LedgerQueries.founding(new JdbcLedgerState(c))
                .flatMap(founding -> founding.founders().stream()
                        .filter(founder -> founder.kind() == OrganisationKind.PLATFORM)
                        .map(founder -> founder.org())
                        .findFirst())
                .orElseThrow(() -> new Conflict("ledger.not-founded", "The ledger has not been founded yet"));
    }

    private static OrganisationKind kindOf(Connection c, UUID org) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select kind from organisation.organisation where id = ? and status = 'APPROVED'")) {
            s.setObject(1, org);
            try (ResultSet rs = s.executeQuery()) {
                if (!rs.next()) {
                    throw new RuleViolation(
                            "ledger.organisation-not-approved", "Only approved organisations act on the ledger");
                }
                return OrganisationKind.valueOf(rs.getString(1));
            }
        }
    }
}
