package org.yiqi.rental;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a case of damage stands. The order is that of the straight path. An act that lapses or that the ledger refuses leads one
 * step back, to where the case waited for it. Where a settled case goes back to is told by what it was settled on, not by its state
 * alone: no step leads out of it here, {@link LiabilityStore#unsettle} does it.
 */
public enum LiabilityState {
    /** The reporter's signature is awaited. */
    REPORTED,
    /** Photos may be added; the facts are frozen once the hour of the damage is sealed. */
    EVIDENCE,
    /** The parties speak; the repair is quoted, its estimate and the unit's value are given. */
    STATEMENTS,
    /** All have spoken or were silent, and the amount has its limit. */
    ASSESSED,
    /** A split waits for all parties' signatures. */
    PROPOSED,
    /** All parties have signed. */
    AGREED,
    /** A party refused the split: a new one, or a panel. */
    DISPUTED,
    /** Three unrelated organisations decide. */
    PANEL,
    /** The panel decided; the parties may appeal. */
    DECIDED,
    /** The regulator decides. */
    APPEAL,
    /** Nobody can appeal any more. */
    FINAL,
    /** The owner says that it has been made whole. */
    SETTLED,
    /** The report was never signed, or the ledger refused it. */
    WITHDRAWN;

    private static final Map<LiabilityState, Set<LiabilityState>> NEXT = Map.ofEntries(
            Map.entry(REPORTED, EnumSet.of(EVIDENCE, WITHDRAWN)),
            Map.entry(EVIDENCE, EnumSet.of(STATEMENTS, WITHDRAWN)),
            Map.entry(STATEMENTS, EnumSet.of(ASSESSED, WITHDRAWN)),
            Map.entry(ASSESSED, EnumSet.of(PROPOSED, WITHDRAWN)),
            Map.entry(PROPOSED, EnumSet.of(AGREED, DISPUTED, ASSESSED, WITHDRAWN)),
            Map.entry(AGREED, EnumSet.of(SETTLED, ASSESSED)),
            Map.entry(DISPUTED, EnumSet.of(PROPOSED, PANEL, WITHDRAWN)),
            Map.entry(PANEL, EnumSet.of(DECIDED, WITHDRAWN)),
            Map.entry(DECIDED, EnumSet.of(APPEAL, FINAL, PANEL)),
            Map.entry(APPEAL, EnumSet.of(FINAL, DECIDED, PANEL)),
            Map.entry(FINAL, EnumSet.of(SETTLED, APPEAL, PANEL)),
            Map.entry(SETTLED, EnumSet.noneOf(LiabilityState.class)),
            Map.entry(WITHDRAWN, EnumSet.noneOf(LiabilityState.class)));

    /** Whether the case may go from here to there in one step. */
    public boolean mayBecome(LiabilityState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Nothing more is owed in it. */
    public boolean over() {
        return this == SETTLED || this == WITHDRAWN;
    }
}
