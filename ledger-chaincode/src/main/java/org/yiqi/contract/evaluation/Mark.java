package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Fields;

/** The points that one seat gives a bid for one criterion; those far from the others' are explained. */
public record Mark(UUID bid, String seat, String criterion, BigDecimal points, String explanation) {

    Map<String, Object> tree() {
        return Map.of(
                "bid", bid.toString(),
                "criterion", criterion,
                "explanation", explanation,
                "points", points.toPlainString(),
                "seat", seat);
    }

    static Mark read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("bid", "criterion", "explanation", "points", "seat"));
        return new Mark(
                fields.uuid("bid"),
                fields.text("seat"),
                fields.text("criterion"),
                Decimals.of(fields.text("points")),
                fields.text("explanation"));
    }
}
