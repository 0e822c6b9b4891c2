package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.evaluation.LotResult.Fate;
import org.yiqi.contract.evaluation.LotResult.Outcome;
import org.yiqi.contract.evaluation.LotResult.Standing;
import org.yiqi.contract.evaluation.LotTerms.Criterion;
import org.yiqi.contract.evaluation.LotTerms.Kind;

/**
 * Everything that decides, and from it the ranking. The same in, the same out: in whatever order the lists come.
 *
 * <p>Ranked by all points; then by the lower price (财政部令第87号 §57), then by the panel's points, then drawn by the published seed.
 * A requirement is not met when more than half of the panel say so (§61).
 *
 * @param prices empty until the price envelopes are open
 */
public record Evaluation(
        EvaluationTerms terms,
        List<Verdict> verdicts,
        List<Mark> marks,
        List<OpenedPrice> prices,
        List<LowPriceAnswer> answers) {

    private static final BigDecimal NOTHING = Decimals.points(BigDecimal.ZERO);

    public Evaluation {
        verdicts = List.copyOf(verdicts);
        marks = List.copyOf(marks);
        prices = List.copyOf(prices);
        answers = List.copyOf(answers);
    }

    /** Each lot's result, in the order of the terms. */
    public List<LotResult> results() {
        return terms.lots().stream().map(this::result).toList();
    }

    /** Bids with an abnormally low price that nobody has decided about: no lot is awarded before that. */
    public List<UUID> undecidedLowPrices() {
        return results().stream()
                .flatMap(result -> result.standings().stream())
                .filter(each -> !each.low().isEmpty() && answer(each.bid()).isEmpty())
                .map(Standing::bid)
                .toList();
    }

    /** Marks far from the others' that nobody has explained. */
    public List<Mark> unexplained() {
        return outliers().stream().filter(mark -> mark.explanation().isBlank()).toList();
    }

    /** Marks so far from those of the rest of the panel that they have to be explained. */
    public List<Mark> outliers() {
        Map<String, List<Mark>> panels = new LinkedHashMap<>();
        marks.forEach(mark -> panels.computeIfAbsent(mark.bid() + mark.criterion(), key -> new ArrayList<>())
                .add(mark));
        List<Mark> found = new ArrayList<>();
        panels.values().forEach(panel -> {
            List<Boolean> out = Outliers.among(panel.stream().map(Mark::points).toList(), terms.rules());
            for (int i = 0; i < panel.size(); i++) {
                if (out.get(i)) {
                    found.add(panel.get(i));
                }
            }
        });
        return found;
    }

    /**
     * Whether every seat has said everything once and within range.
     *
     * @throws MalformedAct naming what is missing, double or out of range
     */
    public void checkWhole() {
        Map<String, Integer> most = new HashMap<>();
        Set<String> expected = new HashSet<>();
        for (LotTerms lot : terms.lots()) {
            for (UUID bid : lot.bids()) {
                for (String seat : lot.seats()) {
                    lot.requirements().forEach(each -> expected.add(key("verdict", bid, seat, each.code())));
                    lot.quality().forEach(each -> {
                        expected.add(key("mark", bid, seat, each.code()));
                        most.put(bid + " " + each.code(), each.weight());
                    });
                }
            }
        }
        for (Verdict verdict : verdicts) {
            take(expected, key("verdict", verdict.bid(), verdict.seat(), verdict.requirement()));
            if (!verdict.met() && verdict.reason().isBlank()) {
                throw new MalformedAct(
                        "seat " + verdict.seat() + " rejects bid " + verdict.bid() + " without a reason");
            }
        }
        for (Mark mark : marks) {
            take(expected, key("mark", mark.bid(), mark.seat(), mark.criterion()));
            Integer highest = most.get(mark.bid() + " " + mark.criterion());
            if (highest == null
                    || mark.points().compareTo(BigDecimal.valueOf(highest)) > 0
                    || mark.points().signum() < 0) {
                throw new MalformedAct(
                        "the points of seat " + mark.seat() + " for bid " + mark.bid() + " are out of range");
            }
        }
        expected.stream().sorted().findFirst().ifPresent(missing -> {
            throw new MalformedAct("there is no " + missing);
        });
    }

    private static String key(String what, UUID bid, String seat, String code) {
        return what + " of seat " + seat + " on " + code + " for bid " + bid;
    }

    private static void take(Set<String> expected, String key) {
        if (!expected.remove(key)) {
            throw new MalformedAct("the " + key + " is there twice or for nothing");
        }
    }

    private LotResult result(LotTerms lot) {
        Map<UUID, Fate> fates = new LinkedHashMap<>();
        Map<UUID, Long> amounts = new HashMap<>();
        Map<UUID, Long> costs = new HashMap<>();
        for (UUID bid : lot.bids()) {
            fates.put(bid, fate(lot, bid, amounts, costs));
        }
        Map<UUID, Set<LowPrice.Reason>> low = LowPrice.among(valid(fates, amounts), terms.rules());
        low.keySet().stream()
                .filter(bid -> answer(bid).filter(answer -> !answer.accepted()).isPresent())
                .forEach(bid -> fates.put(bid, Fate.LOW_PRICE));
        List<Long> validPrices = List.copyOf(valid(fates, amounts).values());
        List<Long> validCosts = List.copyOf(valid(fates, costs).values());
        List<Standing> standings = new ArrayList<>();
        fates.forEach((bid, fate) -> {
            boolean valid = fate == Fate.VALID;
            Long amount = amounts.get(bid);
            Long cost = costs.get(bid);
            BigDecimal technical = technical(lot, bid);
            BigDecimal price = valid ? points(lot, Kind.PRICE, amount, validPrices) : NOTHING;
            BigDecimal lifeCycle = valid ? points(lot, Kind.LIFE_CYCLE_COST, cost, validCosts) : NOTHING;
            BigDecimal total = valid ? technical.add(price).add(lifeCycle) : NOTHING;
            standings.add(new Standing(
                    bid, fate, amount, cost, technical, price, lifeCycle, total, low.getOrDefault(bid, Set.of()), 0));
        });
        standings.sort(order(lot));
        long valid = fates.values().stream().filter(fate -> fate == Fate.VALID).count();
        return new LotResult(
                lot.code(), valid < terms.rules().fewestBids() ? Outcome.TOO_FEW : Outcome.RANKED, ranked(standings));
    }

    private static List<Standing> ranked(List<Standing> sorted) {
        List<Standing> ranked = new ArrayList<>();
        for (Standing each : sorted) {
            int rank = each.fate() == Fate.VALID && each.amount() != null ? ranked.size() + 1 : 0;
            ranked.add(new Standing(
                    each.bid(),
                    each.fate(),
                    each.amount(),
                    each.cost(),
                    each.technical(),
                    each.price(),
                    each.lifeCycle(),
                    each.total(),
                    each.low(),
                    rank));
        }
        return ranked;
    }

    private Comparator<Standing> order(LotTerms lot) {
        List<UUID> drawn = terms.tieSeed().isEmpty()
                ? lot.bids()
                : Draw.order(seed(), Draw.Purpose.TIE, terms.tender(), lot.code(), lot.bids());
        return Comparator.comparing((Standing each) -> each.fate() != Fate.VALID)
                .thenComparing(Standing::total, Comparator.reverseOrder())
                .thenComparing(Evaluation::priceOf)
                .thenComparing(Standing::technical, Comparator.reverseOrder())
                .thenComparing(each -> drawn.indexOf(each.bid()));
    }

    private static Long priceOf(Standing standing) {
        Long amount = standing.amount();
        return amount == null ? Long.valueOf(Long.MAX_VALUE) : amount;
    }

    byte[] seed() {
        byte[] seed;
        try {
            seed = HexFormat.of().parseHex(terms.tieSeed());
        } catch (IllegalArgumentException e) {
            throw new MalformedAct("the seed for ties is not in hexadecimal", e);
        }
        if (seed.length != Draw.SEED) {
            throw new MalformedAct("the seed for ties has not " + Draw.SEED + " bytes");
        }
        return seed;
    }

    /** What of a bid can be said before its price is compared with the others'. */
    private Fate fate(LotTerms lot, UUID bid, Map<UUID, Long> amounts, Map<UUID, Long> costs) {
        if (isRejected(lot, bid)) {
            return Fate.NOT_QUALIFIED;
        }
        if (prices.isEmpty()) {
            return Fate.VALID;
        }
        OpenedPrice price = prices.stream()
                .filter(each -> each.bid().equals(bid))
                .findFirst()
                .orElse(null);
        Optional<Long> amount = price == null ? Optional.empty() : price.amount(lot.currency());
        if (price == null || amount.isEmpty()) {
            return Fate.INCOMPLETE;
        }
        amounts.put(bid, amount.get());
        if (lot.weight(Kind.LIFE_CYCLE_COST) > 0) {
            Optional<LifeCycleCost> life = price.lifeCycle(lot.currency());
            if (life.isEmpty()) {
                return Fate.INCOMPLETE;
            }
            costs.put(bid, life.get().over(lot.years(), terms.rules().discountPercent()));
        }
        return amount.get() > lot.ceiling() ? Fate.ABOVE_CEILING : Fate.VALID;
    }

    private boolean isRejected(LotTerms lot, UUID bid) {
        return lot.requirements().stream()
                .filter(LotTerms.Requirement::mandatory)
                .anyMatch(requirement -> {
                    long against = verdicts.stream()
                            .filter(each -> each.bid().equals(bid)
                                    && each.requirement().equals(requirement.code())
                                    && !each.met())
                            .count();
                    return against * 2 > lot.seats().size();
                });
    }

    private static Map<UUID, Long> valid(Map<UUID, Fate> fates, Map<UUID, Long> values) {
        Map<UUID, Long> valid = new LinkedHashMap<>();
        fates.forEach((bid, fate) -> {
            Long value = values.get(bid);
            if (fate == Fate.VALID && value != null) {
                valid.put(bid, value);
            }
        });
        return valid;
    }

    private static BigDecimal points(LotTerms lot, Kind kind, @Nullable Long value, List<Long> all) {
        int weight = lot.weight(kind);
        return weight == 0 || value == null ? NOTHING : lot.formula().points(weight, value, all);
    }

    /** The mean of what the seats give altogether. */
    private BigDecimal technical(LotTerms lot, UUID bid) {
        Set<String> codes =
                new HashSet<>(lot.quality().stream().map(Criterion::code).toList());
        if (codes.isEmpty() || lot.seats().isEmpty()) {
            return NOTHING;
        }
        BigDecimal sum = marks.stream()
                .filter(mark -> mark.bid().equals(bid) && codes.contains(mark.criterion()))
                .map(Mark::points)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(lot.seats().size()), Decimals.PLACES, RoundingMode.HALF_UP);
    }

    private Optional<LowPriceAnswer> answer(UUID bid) {
        return answers.stream().filter(each -> each.bid().equals(bid)).findFirst();
    }
}
