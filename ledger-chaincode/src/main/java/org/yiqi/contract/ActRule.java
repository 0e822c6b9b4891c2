package org.yiqi.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the ledger demands of one type of act. A family of types is a list of these; a new family is a new list in
 * {@link LedgerRules}.
 */
final class ActRule {

    /** What an accepted act changes, after checking what only the state can tell. */
    interface Effect {
        void apply(Act act, Register register);
    }

    /** A process that the act belongs to, for instance a rental: an id, known to those who take part. */
    static final String REFERENCE = "reference";

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{1,60}");
    private static final int LONGEST_TEXT = 400;

    private final String type;
    private final Subject.Kind subject;
    private final Effect effect;
    private final Set<PartyRole> parties = EnumSet.noneOf(PartyRole.class);
    private final Set<PartyRole> optionalParties = EnumSet.noneOf(PartyRole.class);
    private final Set<String> body = new HashSet<>();
    private final Set<String> optionalBody = new HashSet<>(Set.of(REFERENCE));
    private Function<Act, Set<PartyRole>> signers;
    private boolean importable;
    private boolean whileSuspended;

    ActRule(String type, Subject.Kind subject, Set<PartyRole> parties, Effect effect) {
        this.type = type;
        this.subject = subject;
        this.parties.addAll(parties);
        this.effect = effect;
        this.signers = act -> this.parties;
    }

    ActRule optionalParty(PartyRole role) {
        optionalParties.add(role);
        return this;
    }

    /** Who must sign; every party unless told otherwise. */
    ActRule signedBy(Function<Act, Set<PartyRole>> roles) {
        signers = roles;
        return this;
    }

    ActRule body(String... names) {
        body.addAll(List.of(names));
        return this;
    }

    ActRule optionalBody(String... names) {
        optionalBody.addAll(List.of(names));
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
            // These families need nothing but short texts: no room for a document, or for a person's data.
            boolean fits = field.getKey().equals(Act.IMPORTED)
                    ? Boolean.TRUE.equals(field.getValue())
                    : field.getValue() instanceof String text && text.length() <= LONGEST_TEXT;
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
        Refused.unless(
                present.containsAll(parties)
                        && known.containsAll(present)
                        && present.size() == Set.copyOf(present).size(),
                Refusal.WRONG_PARTIES);
    }

    /** The organisations whose signatures the act needs. */
    Set<UUID> signersOf(Act act) {
        Set<PartyRole> roles = act.imported() ? Set.of(PartyRole.REGULATOR) : signers.apply(act);
        Set<UUID> orgs = new HashSet<>();
        roles.forEach(role -> orgs.add(act.party(role).orElseThrow(() -> new Refused(Refusal.WRONG_PARTIES))));
        return orgs;
    }

    void apply(Act act, Register register) {
        try {
            effect.apply(act, register);
        } catch (MalformedAct e) {
            throw new Refused(Refusal.WRONG_BODY);
        }
    }
}
