package org.yiqi.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way of a unit to its end, as the ledger holds it.
 *
 * @param recycler who takes it, once awarded
 */
public record DisposalStanding(
        UUID unit, Step step, @Nullable UUID recycler) {

    /** How far it has come. */
    public enum Step {
        AUTHORISED,
        AWARDED,
        HANDED_OVER,
        CERTIFIED
    }

    static String key(UUID disposal) {
        return "disposal/" + disposal;
    }

    /** Which disposal a unit is in: the one that was authorised last. */
    static String keyOfUnit(UUID unit) {
        return "disposal-of/" + unit;
    }

    DisposalStanding now(Step next, UUID by) {
        return new DisposalStanding(unit, next, by);
    }

    String json() {
        Map<String, Object> tree = new HashMap<>();
        tree.put("recycler", recycler == null ? null : recycler.toString());
        tree.put("step", step.name());
        tree.put("unit", unit.toString());
        return CanonicalJson.write(tree);
    }

    static DisposalStanding parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("recycler", "step", "unit"));
        return new DisposalStanding(
                fields.uuid("unit"), Names.of(Step.class, fields.text("step")), fields.uuidOrNull("recycler"));
    }
}
