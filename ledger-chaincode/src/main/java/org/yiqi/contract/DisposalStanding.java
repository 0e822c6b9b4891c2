package org.yiqi.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way of a unit to its end, or to its next owner, as the ledger holds it.
 *
 * @param taker who takes it, once awarded: a recycler, or the receiver of a unit that lives on
 * @param way what it was authorised for; null where the act did not say, which means an auction among recyclers
 * @param giver whose it was when a receiver took it, since the unit itself tells only whose it is now
 */
public record DisposalStanding(
        UUID unit,
        Step step,
        @Nullable UUID taker,
        @Nullable Way way,
        @Nullable UUID giver) {

    private static final Set<String> NAMES = Set.of("recycler", "step", "unit");
    private static final String WAY = "way";
    private static final String GIVER = "giver";

    /** How far it has come. */
    public enum Step {
        AUTHORISED,
        AWARDED,
        HANDED_OVER,
        CERTIFIED
    }

    /** What a unit can be let go for. */
    public enum Way {
        REDEPLOY,
        DONATE,
        PARTS,
        AUCTION,
        RECYCLE
    }

    static String key(UUID disposal) {
        return "disposal/" + disposal;
    }

    /** Which disposal a unit is in: the one that was authorised last. */
    static String keyOfUnit(UUID unit) {
        return "disposal-of/" + unit;
    }

    static DisposalStanding authorised(UUID unit, @Nullable Way way) {
        return new DisposalStanding(unit, Step.AUTHORISED, null, way, null);
    }

    DisposalStanding awarded(UUID to, UUID by) {
        return new DisposalStanding(unit, Step.AWARDED, to, way, livesOn() ? by : null);
    }

    DisposalStanding now(Step next) {
        return new DisposalStanding(unit, next, taker, way, giver);
    }

    /** Whether the unit becomes another organisation's and goes on working. */
    boolean livesOn() {
        return way == Way.REDEPLOY || way == Way.DONATE;
    }

    /** What was written before there were ways has neither, so that its bytes stay what they were. */
    String json() {
        Map<String, Object> tree = new HashMap<>();
        tree.put("recycler", taker == null ? null : taker.toString());
        tree.put("step", step.name());
        tree.put("unit", unit.toString());
        if (way != null) {
            tree.put(WAY, way.name());
        }
        if (giver != null) {
            tree.put(GIVER, giver.toString());
        }
        return CanonicalJson.write(tree);
    }

    static DisposalStanding parse(String json) {
        Map<String, Object> tree = new HashMap<>(CanonicalJson.read(json));
        Object way = tree.remove(WAY);
        Object giver = tree.remove(GIVER);
        Fields fields = Fields.of(tree, NAMES);
        return new DisposalStanding(
                fields.uuid("unit"),
                Names.of(Step.class, fields.text("step")),
                fields.uuidOrNull("recycler"),
                way == null ? null : Names.of(Way.class, String.valueOf(way)),
                giver == null ? null : UUID.fromString(String.valueOf(giver)));
    }
}
