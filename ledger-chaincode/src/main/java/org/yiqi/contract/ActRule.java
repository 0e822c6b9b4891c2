package org.yiqi.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger demands of one type of act. A family of types is a list of these; a new family is a new list in
 * {@link LedgerRules}.
 */
final class ActRule {

    /** What an accepted act changes, after checking what only the state can tell. */
    interface Effect {
        void apply(Act act, Register register);
    }

    /** The key that a subject signs with itself, where nobody is to know yet whose it is. */
    interface OwnKey {
        OrganisationKey of(Act act, Register register);
    }

    /** A process that the act belongs to, for instance a rental: an id, known to those who take part. */
    static final String REFERENCE = "reference";

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{1,60}");
    private static final int LONGEST_TEXT = 400;
    private static final int MOST_OF_A_ROLE = 25;

    private final String type;
    private final Subject.Kind subject;
    private final Effect effect;
    private final Set<PartyRole> parties = EnumSet.noneOf(PartyRole.class);
    private final Set<PartyRole> optionalParties = EnumSet.noneOf(PartyRole.class);
    private final Set<PartyRole> several = EnumSet.noneOf(PartyRole.class);
    private final Set<String> body = new HashSet<>();
    private final Set<String> optionalBody = new HashSet<>(Set.of(REFERENCE));
    private final Set<String> structured = new HashSet<>();
    private Function<Act, Set<PartyRole>> signers;
    private Function<Act, Set<Subject>> reads = act -> Set.of();
    private @Nullable OwnKey ownKey;
    private boolean importable;
    private boolean whileSuspended;
    private boolean supported;

    ActRule(String type, Subject.Kind subject, Set<PartyRole> parties, Effect effect) {
        this.type = type;
        this.subject = subject;
        this.parties.addAll(parties);
        this.effect = effect;
        this.signers = act -> this.parties;
    }

    ActRule optionalParty(PartyRole... roles) {
        optionalParties.addAll(List.of(roles));
        return this;
    }

    /** A role that several organisations may have, each once. */
    ActRule several(PartyRole role) {
        several.add(role);
        return this;
    }

    /** Who must sign; every party unless told otherwise. */
    ActRule signedBy(Function<Act, Set<PartyRole>> roles) {
        signers = roles;
        return this;
    }

    /** Signed by the subject's own key and by no organisation. */
    ActRule signedByItsOwnKey(OwnKey key) {
        ownKey = key;
        return this;
    }

    /** Short texts that must be there. */
    ActRule body(String... names) {
        body.addAll(List.of(names));
        return this;
    }

    /** Short texts that may be there. */
    ActRule optionalBody(String... names) {
        optionalBody.addAll(List.of(names));
        return this;
    }

    /** Lists, objects or long texts that must be there, of which the effect checks every part. */
    ActRule structuredBody(String... names) {
        body.addAll(List.of(names));
        structured.addAll(List.of(names));
        return this;
    }

    /** Other subjects on whose standing the answer depends. */
    ActRule reads(Function<Act, Set<Subject>> subjects) {
        reads = subjects;
        return this;
    }

    /** Nothing without a document behind it. */
    ActRule supported() {
        supported = true;
        return this;
    }

    /** History from before the ledger may be of this type. */
    ActRule canBeImported() {
        importable = true;
        return this;
    }

    /** A suspended organisation may still do this: giving things back must not become impossible. */
    ActRule evenWhileSuspended() {
        whileSuspended = true;
        return this;
    }

    String type() {
        return type;
    }

    boolean allowedWhileSuspended() {
        return whileSuspended;
    }

    /** Refuses what can be seen from the document alone. */
    void checkForm(Act act) {
        Refused.unless(act.version() == 1, Refusal.UNKNOWN_TYPE);
        Refused.unless(act.subject().kind() == subject, Refusal.WRONG_SUBJECT);
        Refused.unless(!act.imported() || importable, Refusal.NOT_IMPORTABLE);
        Refused.unless(act.bytes().length <= Act.MOST_BYTES, Refusal.WRONG_BODY);
        Refused.unless(!supported || !act.evidence().isEmpty(), Refusal.MISSING_EVIDENCE);
        checkBody(act);
        checkParties(act);
    }

    private void checkBody(Act act) {
        Set<String> names = act.body().keySet();
        Set<String> known = new HashSet<>(body);
        known.addAll(optionalBody);
        if (importable) {
            known.add(Act.IMPORTED);
        }
        Refused.unless(names.containsAll(body) && known.containsAll(names), Refusal.WRONG_BODY);
        for (Map.Entry<String, Object> field : act.body().entrySet()) {
            // Nothing but short texts, unless a rule looks into more: no room for a document, or for a person's data.
            boolean fits = structured.contains(field.getKey())
                    || (field.getKey().equals(Act.IMPORTED)
                            ? Boolean.TRUE.equals(field.getValue())
                            : field.getValue() instanceof String text && text.length() <= LONGEST_TEXT);
            Refused.unless(fits, Refusal.WRONG_BODY);
        }
        if (act.body().get("reason") instanceof String reason) {
            Refused.unless(REASON.matcher(reason).matches(), Refusal.WRONG_BODY);
        }
    }

    private void checkParties(Act act) {
        List<PartyRole> present = new ArrayList<>();
        act.parties().forEach(party -> present.add(party.role()));
        Set<PartyRole> known = EnumSet.noneOf(PartyRole.class);
        known.addAll(parties);
        known.addAll(optionalParties);
        if (act.imported()) {
            known.add(PartyRole.REGULATOR);
            Refused.unless(present.contains(PartyRole.REGULATOR), Refusal.WRONG_PARTIES);
        }
        Refused.unless(present.containsAll(parties) && known.containsAll(present), Refusal.WRONG_PARTIES);
        for (PartyRole role : known) {
            List<UUID> orgs = act.parties(role);
            boolean few = orgs.size() <= (several.contains(role) ? MOST_OF_A_ROLE : 1);
            Refused.unless(few && Set.copyOf(orgs).size() == orgs.size(), Refusal.WRONG_PARTIES);
        }
    }

    /** The organisations whose signatures the act needs; the subject itself where it has a key of its own. */
    Set<UUID> signersOf(Act act) {
        if (ownKey != null) {
            return Set.of(act.subject().id());
        }
        Set<PartyRole> roles = act.imported() ? Set.of(PartyRole.REGULATOR) : signers.apply(act);
        Set<UUID> orgs = new HashSet<>();
        for (PartyRole role : roles) {
            Refused.unless(!act.parties(role).isEmpty(), Refusal.WRONG_PARTIES);
            orgs.addAll(act.parties(role));
        }
        return orgs;
    }

    @Nullable
    OrganisationKey ownKey(Act act, Register register) {
        OwnKey own = ownKey;
        return own == null ? null : understood(() -> own.of(act, register));
    }

    Set<Subject> reads(Act act) {
        return understood(() -> reads.apply(act));
    }

    void apply(Act act, Register register) {
        understood(() -> {
            effect.apply(act, register);
            return true;
        });
    }

    /** A body that a rule cannot read is refused like one with the wrong fields. */
    private static <T> T understood(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MalformedAct e) {
            throw new Refused(Refusal.WRONG_BODY);
        }
    }
}
