package org.yiqi.contract.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * Under which rules a tender's bids are judged.
 *
 * @param tieSeed the seed, in hexadecimal, by which bids are drawn that nothing else parts; its digest was published before
 * @param tieCommitment that digest
 */
public record EvaluationTerms(
        UUID tender, EvaluationRules rules, List<LotTerms> lots, String tieSeed, String tieCommitment) {

    private static final Set<String> NAMES = Set.of("lots", "rules", "tender", "tieCommitment", "tieSeed");

    public EvaluationTerms {
        lots = List.copyOf(lots);
    }

    /** The lot that a bid is for. */
    LotTerms lotOf(UUID bid) {
        return lots.stream()
                .filter(lot -> lot.bids().contains(bid))
                .findFirst()
                .orElseThrow(() -> new MalformedAct("bid " + bid + " is not one of those that were opened"));
    }

    Map<String, Object> tree() {
        return Map.of(
                "lots", lots.stream().map(LotTerms::tree).toList(),
                "rules", rules.tree(),
                "tender", tender.toString(),
                "tieCommitment", tieCommitment,
                "tieSeed", tieSeed);
    }

    static EvaluationTerms read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        return new EvaluationTerms(
                fields.uuid("tender"),
                EvaluationRules.read(fields.object("rules")),
                fields.objects("lots", LotTerms::read),
                fields.text("tieSeed"),
                fields.text("tieCommitment"));
    }
}
