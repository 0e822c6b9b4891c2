package org.yiqi.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger holds of a unit now.
 *
 * @param offeredTo to whom it is on its way, or null
 * @param closed whether its history has ended; then nobody is custodian any more
 * @param disposed whether a certificate says that it is no more; then nothing follows but the closing
 */
public record UnitStanding(
        UUID owner, UUID custodian, @Nullable UUID offeredTo, boolean closed, boolean disposed) {

    private static final Set<String> NAMES = Set.of("closed", "custodian", "offeredTo", "owner");
    private static final String DISPOSED = "disposed";

    static UnitStanding registered(UUID owner) {
        return new UnitStanding(owner, owner, null, false, false);
    }

    UnitStanding offered(UUID taker) {
        return new UnitStanding(owner, custodian, taker, false, false);
    }

    UnitStanding heldBy(UUID taker) {
        return new UnitStanding(owner, taker, null, false, false);
    }

    UnitStanding soldTo(UUID taker) {
        return new UnitStanding(taker, taker, null, false, false);
    }

    UnitStanding ended() {
        return new UnitStanding(owner, custodian, null, true, disposed);
    }

    UnitStanding certified() {
        return new UnitStanding(owner, custodian, null, false, true);
    }

    String json() {
        Map<String, Object> tree = new HashMap<>();
        tree.put("closed", closed);
        if (disposed) {
            tree.put(DISPOSED, true);
        }
        tree.put("custodian", custodian.toString());
        tree.put("offeredTo", offeredTo == null ? null : offeredTo.toString());
        tree.put("owner", owner.toString());
        return CanonicalJson.write(tree);
    }

    static UnitStanding parse(String json) {
        Map<String, Object> tree = new HashMap<>(CanonicalJson.read(json));
        boolean disposed = Boolean.TRUE.equals(tree.remove(DISPOSED));
        Fields fields = Fields.of(tree, NAMES);
        return new UnitStanding(
                fields.uuid("owner"),
                fields.uuid("custodian"),
                fields.uuidOrNull("offeredTo"),
                fields.flag("closed"),
                disposed);
    }
}
