package org.yiqi.contract.evaluation;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Fields;

/** What one seat says of one requirement; that it is not met has a reason. */
public record Verdict(UUID bid, String seat, String requirement, boolean met, String reason) {

    Map<String, Object> tree() {
        return Map.of("bid", bid.toString(), "met", met, "reason", reason, "requirement", requirement, "seat", seat);
    }

    static Verdict read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("bid", "met", "reason", "requirement", "seat"));
        return new Verdict(
                fields.uuid("bid"),
                fields.text("seat"),
                fields.text("requirement"),
                Boolean.TRUE.equals(tree.get("met")),
                fields.text("reason"));
    }
}
