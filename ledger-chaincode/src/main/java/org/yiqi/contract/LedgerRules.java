package org.yiqi.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the ledger accepts acts, the same on every ledger.
 *
 * <p>A batch is answered act by act: what one act changes is seen by those after it, and a refused act changes
 * nothing and blocks nobody.
 */
public final class LedgerRules {

    /** A new family of acts is one more list here. */
    private static final Map<String, ActRule> RULES = Stream.of(
                    OrganisationRules.rules(),
                    AuthorityRules.rules(),
                    CustodyRules.rules(),
                    TenderRules.rules(),
                    BidRules.rules(),
                    ContractRules.rules(),
                    LiabilityRules.rules(),
                    DisposalRules.rules(),
                    EvidenceRules.rules())
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(ActRule::type, Function.identity()));

    private LedgerRules() {}

    /** Starts a ledger. A state that has been founded cannot be founded anew. */
    public static void found(Founding founding, LedgerState state) {
        Register register = new Register(state);
        if (register.founding() != null) {
            throw new IllegalStateException("this ledger has been founded");
        }
        register.found(founding);
        for (Founding.Founder founder : founding.founders()) {
            register.put(founder.org(), new Member(founder.kind(), founder.registrar(), false));
            founder.keys().forEach(register::put);
        }
    }

    /** Starts a ledger that continues a local one: with the local one's founding, and what is known of its end. */
    public static void found(Founding founding, Past past, LedgerState state) {
        found(founding, state);
        new Register(state).continues(past);
    }

    /**
     * Answers each act of a batch, in its order, and writes what was recorded into the state. Without a clock no act in
     * which time decides (a bid, the closing and the opening of a tender) is accepted.
     */
    public static List<Outcome> record(List<SignedAct> acts, LedgerState state) {
        return record(acts, state, Instant.EPOCH);
    }

    /**
     * Answers each act of a batch, in its order, and writes what was recorded into the state.
     *
     * @param now the endorser's own clock; it decides nothing but whether a bid, a closing or an opening is in time
     */
    public static List<Outcome> record(List<SignedAct> acts, LedgerState state, Instant now) {
        Overlay batch = new Overlay(state);
        List<Outcome> outcomes = new ArrayList<>();
        for (SignedAct signed : acts) {
            Overlay own = new Overlay(batch);
            outcomes.add(record(signed, new Register(own, now), own));
        }
        batch.flush();
        return outcomes;
    }

    private static Outcome record(SignedAct signed, Register register, Overlay own) {
        UUID id = signed.act().id();
        try {
            SignedAct known = register.act(id);
            if (known != null) {
                Refused.unless(known.act().equals(signed.act()), Refusal.ID_TAKEN);
                return new Outcome(id, Outcome.Status.DUPLICATE, null);
            }
            accept(signed, register, true);
        } catch (Refused refused) {
            return new Outcome(id, Outcome.Status.REJECTED, refused.refusal());
        }
        own.flush();
        return new Outcome(id, Outcome.Status.RECORDED, null);
    }

    /**
     * What the ledger would say to one more act after those that are still on their way, without writing anything.
     *
     * @param pending acts that will be recorded before it
     * @param complete whether all signatures are there; if not, they are not looked at
     */
    public static Optional<Refusal> preview(
            List<SignedAct> pending, SignedAct candidate, boolean complete, LedgerState state, Instant now) {
        Overlay imagined = new Overlay(state);
        record(pending, imagined, now);
        try {
            accept(candidate, new Register(imagined, now), complete);
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.refusal());
        }
    }

    private static void accept(SignedAct signed, Register register, boolean complete) {
        Act act = signed.act();
        ActRule rule = RULES.get(act.type());
        if (rule == null) {
            throw new Refused(Refusal.UNKNOWN_TYPE);
        }
        rule.checkForm(act);
        checkMembers(act, rule, register);
        if (complete) {
            OrganisationKey own = rule.ownKey(act, register);
            if (own == null) {
                checkSignatures(signed, rule.signersOf(act), register);
            } else {
                checkOwnSignature(signed, own);
            }
        }
        checkChain(act, register);
        rule.apply(act, register);
        register.append(signed);
    }

    private static void checkMembers(Act act, ActRule rule, Register register) {
        for (Party party : act.parties()) {
            Member member = register.knownMember(party.org());
            boolean bars = member.suspended() && !rule.allowedWhileSuspended() && !act.imported();
            Refused.unless(!bars, Refusal.SUSPENDED);
        }
        if (act.imported()) {
            Refused.unless(register.isRegulator(act.party(PartyRole.REGULATOR).orElseThrow()), Refusal.NOT_ENTITLED);
        }
    }

    private static void checkSignatures(SignedAct signed, Set<UUID> required, Register register) {
        Act act = signed.act();
        byte[] bytes = act.bytes();
        Set<UUID> missing = new HashSet<>(required);
        @Nullable
        OrganisationKey proven =
                OrganisationRules.BRINGS_A_KEY.contains(act.type()) ? OrganisationRules.keyOf(act) : null;
        for (ActSignature signature : signed.signatures()) {
            if (proven != null && signature.keyId().equals(proven.keyId())) {
                // Who brings a key in shows that it has the private half.
                Refused.unless(signature.verifies(proven, bytes), Refusal.WRONG_SIGNATURE);
                proven = null;
                continue;
            }
            OrganisationKey key = register.key(signature.org(), signature.keyId());
            if (key == null) {
                throw new Refused(Refusal.UNKNOWN_KEY);
            }
            Refused.unless(key.active(), Refusal.REVOKED_KEY);
            Refused.unless(signature.verifies(key, bytes) && missing.remove(signature.org()), Refusal.WRONG_SIGNATURE);
        }
        Refused.unless(missing.isEmpty() && proven == null, Refusal.MISSING_SIGNATURE);
    }

    private static void checkOwnSignature(SignedAct signed, OrganisationKey key) {
        Refused.unless(!signed.signatures().isEmpty(), Refusal.MISSING_SIGNATURE);
        Refused.unless(
                signed.signatures().size() == 1
                        && signed.signatures().get(0).verifies(key, signed.act().bytes()),
                Refusal.WRONG_SIGNATURE);
    }

    private static void checkChain(Act act, Register register) {
        Head head = register.head(act.subject());
        if (head == null) {
            Refused.unless(act.previous() == null, Refusal.CHAIN_BREAK);
            return;
        }
        Refused.unless(head.digest().equals(act.previous()), Refusal.CHAIN_BREAK);
        Refused.unless(!act.occurredAt().isBefore(head.occurredAt()), Refusal.TIME_REVERSED);
    }

    /**
     * The organisations whose signatures an act needs, so that the application can gather them. A bid is signed by a key
     * of its own: then the answer is the bid's id.
     */
    public static Set<UUID> signersOf(Act act) {
        return ofForm(act, rule -> rule.signersOf(act));
    }

    /** The subjects on whose standing the answer to an act depends, besides its parties: its own first of all. */
    public static Set<Subject> subjectsOf(Act act) {
        Set<Subject> subjects = new LinkedHashSet<>(Set.of(act.subject()));
        subjects.addAll(ofForm(act, rule -> rule.reads(act)));
        return subjects;
    }

    /** The key that an act brings in, which signs it too; nothing for other types. */
    public static Optional<OrganisationKey> newKey(Act act) {
        return OrganisationRules.BRINGS_A_KEY.contains(act.type())
                ? Optional.of(ofForm(act, rule -> OrganisationRules.keyOf(act)))
                : Optional.empty();
    }

    /** The id of the key that an act ends, because it revokes or replaces it. */
    public static Optional<String> endedKey(Act act) {
        return OrganisationRules.endedKey(act);
    }

    private static <T> T ofForm(Act act, Function<ActRule, T> answer) {
        ActRule rule = RULES.get(act.type());
        if (rule == null) {
            throw new MalformedAct("no rule for " + act.type());
        }
        try {
            rule.checkForm(act);
            return answer.apply(rule);
        } catch (Refused refused) {
            throw new MalformedAct(refused.refusal().code(), refused);
        }
    }
}
