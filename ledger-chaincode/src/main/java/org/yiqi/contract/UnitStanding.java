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
 */
public record UnitStanding(
        UUID owner, UUID custodian, @Nullable UUID offeredTo, boolean closed) {

    UnitStanding offered(UUID taker) {
        return new UnitStanding(owner, custodian, taker, false);
    }

    UnitStanding heldBy(UUID taker) {
        return new UnitStanding(owner, taker, null, false);
    }

    UnitStanding ended() {
        return new UnitStanding(owner, custodian, null, true);
    }

    String json() {
        Map<String, Object> tree = new HashMap<>();
        tree.put("closed", closed);
        tree.put("custodian", custodian.toString());
        tree.put("offeredTo", offeredTo == null ? null : offeredTo.toString());
        tree.put("owner", owner.toString());
        return CanonicalJson.write(tree);
    }

    static UnitStanding parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("closed", "custodian", "offeredTo", "owner"));
        return new UnitStanding(
                fields.uuid("owner"), fields.uuid("custodian"), fields.uuidOrNull("offeredTo"), fields.flag("closed"));
    }
}
