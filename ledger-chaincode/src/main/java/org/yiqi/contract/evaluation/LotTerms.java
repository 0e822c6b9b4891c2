package org.yiqi.contract.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * How the bids for one lot are judged.
 *
 * @param ceiling the most that the lot may cost, in minor units
 * @param years over which a cost of the whole life is counted
 * @param bids those that were opened and could be read
 * @param seats of the panel, by number; who sits there is nobody's business but the regulator's
 */
public record LotTerms(
        String code,
        long ceiling,
        String currency,
        int years,
        PriceFormula formula,
        List<Criterion> criteria,
        List<Requirement> requirements,
        List<UUID> bids,
        List<String> seats) {

    private static final Set<String> NAMES =
            Set.of("bids", "ceiling", "code", "criteria", "currency", "formula", "requirements", "seats", "years");

    /** What is weighed. */
    public enum Kind {
        PRICE,
        QUALITY,
        LIFE_CYCLE_COST
    }

    /** By what bids are ranked; the weights come to 100. */
    public record Criterion(String code, Kind kind, int weight) {}

    /** What a bid has to meet; one that fails a mandatory one is rejected. */
    public record Requirement(String code, boolean mandatory) {}

    public LotTerms {
        criteria = List.copyOf(criteria);
        requirements = List.copyOf(requirements);
        bids = List.copyOf(bids);
        seats = List.copyOf(seats);
    }

    /** The criteria that experts give points for. */
    public List<Criterion> quality() {
        return criteria.stream().filter(each -> each.kind() == Kind.QUALITY).toList();
    }

    /** The same lot with other bids. */
    public LotTerms of(List<UUID> others) {
        return new LotTerms(code, ceiling, currency, years, formula, criteria, requirements, others, seats);
    }

    int weight(Kind kind) {
        return criteria.stream()
                .filter(each -> each.kind() == kind)
                .mapToInt(Criterion::weight)
                .sum();
    }

    Map<String, Object> tree() {
        return Map.of(
                "bids", bids.stream().map(UUID::toString).toList(),
                "ceiling", Long.toString(ceiling),
                "code", code,
                "criteria",
                        criteria.stream()
                                .map(each -> Map.of(
                                        "code", each.code(),
                                        "kind", each.kind().name(),
                                        "weight", Integer.toString(each.weight())))
                                .toList(),
                "currency", currency,
                "formula", formula.tree(),
                "requirements",
                        requirements.stream()
                                .map(each -> Map.of("code", each.code(), "mandatory", each.mandatory()))
                                .toList(),
                "seats", seats,
                "years", Integer.toString(years));
    }

    static LotTerms read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        LotTerms lot = new LotTerms(
                fields.text("code"),
                fields.number("ceiling"),
                fields.text("currency"),
                (int) fields.number("years"),
                PriceFormula.read(fields.object("formula")),
                fields.objects("criteria", each -> {
                    Fields criterion = Fields.of(each, Set.of("code", "kind", "weight"));
                    return new Criterion(
                            criterion.text("code"), Decimals.constant(Kind.class, criterion.text("kind")), (int)
                                    criterion.number("weight"));
                }),
                fields.objects("requirements", each -> {
                    Fields requirement = Fields.of(each, Set.of("code", "mandatory"));
                    return new Requirement(requirement.text("code"), Boolean.TRUE.equals(each.get("mandatory")));
                }),
                fields.uuids("bids"),
                fields.texts("seats"));
        if (new HashSet<>(lot.bids).size() != lot.bids.size() || new HashSet<>(lot.seats).size() != lot.seats.size()) {
            throw new MalformedAct("a bid or a seat of lot " + lot.code + " is named twice");
        }
        if (lot.criteria.stream().mapToInt(Criterion::weight).sum() != 100) {
            throw new MalformedAct("the weights of lot " + lot.code + " do not come to 100");
        }
        return lot;
    }
}
