package org.yiqi.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The keys that do not change without the consent of certain organisations' peers, besides the regulator's: who answers for a
 * unit, by the organisation that answers for it now; and a tender's gate, by its openers, so that neither the buyer nor the
 * platform can close a tender or set it a new deadline with a peer of its own.
 */
public final class Guards {

    /** How many of a tender's openers, counted by their member services, let its gate change. */
    public static final int OPENERS = 2;

    private static final Guard NOBODY = new Guard(Set.of(), List.of(), Set.of());

    private Guards() {}

    /**
     * Whose consent a key needs.
     *
     * @param all each of them
     * @param some {@link #OPENERS} of them, or all where there are fewer
     * @param never whose peers do not count among those, however many organisations they stand for
     */
    public record Guard(Set<UUID> all, List<UUID> some, Set<UUID> never) {

        public Guard {
            all = Set.copyOf(all);
            some = List.copyOf(some);
            never = Set.copyOf(never);
        }
    }

    /** The guarded ones among the written keys, as they have to be guarded after the writing. */
    public static SortedMap<String, Guard> among(Map<String, String> written, LedgerState state) {
        SortedMap<String, Guard> guarded = new TreeMap<>();
        written.forEach((key, value) -> {
            if (key.startsWith(Register.UNIT)) {
                Guard custodian = new Guard(Set.of(UnitStanding.parse(value).custodian()), List.of(), Set.of());
                guarded.put(key, custodian);
                guarded.put(Register.HEAD + Subject.custody(idIn(key, Register.UNIT)), custodian);
            } else if (key.startsWith(Gate.PREFIX)) {
                LedgerQueries.tender(idIn(key, Gate.PREFIX), state)
                        .ifPresent(tender -> guarded.put(key, ofGate(tender)));
            }
        });
        return guarded;
    }

    /**
     * What guarded the keys that an act changes.
     *
     * @param before how the ledger stood before it
     */
    public static Guard before(Act act, LedgerState before) {
        UUID id = act.subject().id();
        if (act.subject().kind() == Subject.Kind.CUSTODY) {
            String unit = before.get(Register.UNIT + id);
            return unit == null
                    ? NOBODY
                    : new Guard(Set.of(UnitStanding.parse(unit).custodian()), List.of(), Set.of());
        }
        return changesGate(act.type())
                ? LedgerQueries.tender(id, before).map(Guards::ofGate).orElse(NOBODY)
                : NOBODY;
    }

    private static UUID idIn(String key, String prefix) {
        return UUID.fromString(key.substring(prefix.length()));
    }

    /**
     * Whose consent closing a tender, amending it or giving it up needs. The platform is no opener, and its own peers stand for
     * nobody: it has no need to be left out.
     */
    public static Guard ofGate(TenderStanding tender) {
        return new Guard(Set.of(), tender.openers(), Set.of(tender.buyer()));
    }

    /** Whether an act of this type changes its tender's gate. */
    public static boolean changesGate(String type) {
        return Set.of("tender.amended", "tender.closed", "tender.failed").contains(type);
    }

    /**
     * The member services that some guard's organisations are counted by: each once, without the regulator's, which has to
     * agree anyway.
     *
     * @param some of the guard's organisations
     * @param never of those that do not count
     */
    public static List<String> counted(Collection<String> some, Collection<String> never, String regulator) {
        List<String> counted = new ArrayList<>();
        for (String msp : some) {
            if (!msp.equals(regulator) && !never.contains(msp) && !counted.contains(msp)) {
                counted.add(msp);
            }
        }
        return counted;
    }
}
