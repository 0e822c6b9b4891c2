package org.yiqi.contract.evaluation;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Fields;

/** How the panel took a bidder's explanation of an abnormally low price. */
public record LowPriceAnswer(UUID bid, boolean accepted, String reason) {

    Map<String, Object> tree() {
        return Map.of("accepted", accepted, "bid", bid.toString(), "reason", reason);
    }

    static LowPriceAnswer read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("accepted", "bid", "reason"));
        return new LowPriceAnswer(fields.uuid("bid"), Boolean.TRUE.equals(tree.get("accepted")), fields.text("reason"));
    }
}
