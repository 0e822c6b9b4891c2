package org.yiqi.disposal.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.Signal;
import org.yiqi.disposal.Signal.Code;
import org.yiqi.disposal.Verdict;
import org.yiqi.disposal.Way;
import org.yiqi.disposal.WayOut;
import org.yiqi.shared.Money;

/**
 * What is advised: the signals that speak for the end, what follows from them, and each way out with its worth. Two signals make
 * an end, and a repair that is not worth it makes one alone.
 */
public final class Opinion {

    /** Two of them retire a unit. */
    private static final int ENOUGH = 2;

    private final Facts facts;
    private final DisposalRules rules;
    private final List<WayRule> ways;

    /** @param ways in the order of preference */
    public Opinion(Facts facts, DisposalRules rules, List<WayRule> ways) {
        this.facts = facts;
        this.rules = rules;
        this.ways =
                ways.stream().sorted(Comparator.comparingInt(WayRule::position)).toList();
    }

    /**
     * What the opinion is formed on.
     *
     * @param partsMinor what the parts that were named are worth; zero when none were
     */
    public record Facts(
            LocalDate today,
            Money appraised,
            Money newPrice,
            Money serviceYearly,
            @Nullable Money repairQuote,
            @Nullable LocalDate endOfSupport,
            long monthsInUse,
            long monthsOfLife,
            boolean fit,
            boolean defective,
            long partsMinor,
            long carbonNewKg) {}

    /** A way out as the rules of a day see it. */
    public record WayRule(
            Way way,
            int position,
            int valuePermille,
            int carbonPermille,
            boolean needsFit,
            boolean needsSupport,
            String source) {}

    public List<Signal> signals() {
        List<Signal> signals = new ArrayList<>();
        if (exceeds(facts.serviceYearly, rules.servicePermille())) {
            signals.add(share(Code.SERVICE_COST, facts.serviceYearly, rules.servicePermille()));
        }
        if (!supported()) {
            signals.add(new Signal(Code.END_OF_SUPPORT, List.of(String.valueOf(facts.endOfSupport))));
        }
        if (notWorthRepair()) {
            Money quote = facts.repairQuote;
            signals.add(share(Code.BEYOND_REPAIR, quote == null ? facts.serviceYearly : quote, rules.repairPermille()));
        }
        if (facts.monthsInUse >= facts.monthsOfLife) {
            signals.add(new Signal(
                    Code.WORN_OUT, List.of(Long.toString(facts.monthsInUse), Long.toString(facts.monthsOfLife))));
        }
        if (facts.defective) {
            signals.add(new Signal(Code.DEFECTIVE, List.of()));
        }
        return signals;
    }

    public Verdict verdict() {
        return notWorthRepair() || signals().size() >= ENOUGH ? Verdict.RETIRE : Verdict.KEEP;
    }

    /** The first way that is open and, unless it helps patients, brings something. */
    public Way recommended() {
        return waysOut().stream()
                .filter(WayOut::open)
                .filter(w -> w.way() != Way.PARTS || w.value().minor() > auctionValue())
                .map(WayOut::way)
                .findFirst()
                .orElse(Way.RECYCLE);
    }

    public List<WayOut> waysOut() {
        return ways.stream().map(this::wayOut).toList();
    }

    private WayOut wayOut(WayRule rule) {
        String closed = closedBy(rule);
        long base = rule.way == Way.PARTS ? facts.partsMinor : facts.appraised.minor();
        return new WayOut(
                rule.way,
                rule.position,
                closed == null,
                closed == null ? "OPEN" : closed,
                Money.ofMinor(base * rule.valuePermille / 1000, facts.appraised.currency()),
                facts.carbonNewKg * rule.carbonPermille / 1000,
                rule.source);
    }

    /** Nothing expired, failed or obsolete goes to patients again. */
    private @Nullable String closedBy(WayRule rule) {
        if (rule.way == Way.KEEP && verdict() == Verdict.RETIRE) {
            return "SIGNALS";
        }
        if (rule.needsFit && (!facts.fit || notWorthRepair())) {
            return "NOT_FIT";
        }
        if (rule.needsSupport && !supported()) {
            return "NO_SUPPORT";
        }
        if (rule.way == Way.PARTS && facts.partsMinor == 0) {
            return "NO_PARTS";
        }
        return rule.way == Way.AUCTION && facts.appraised.minor() == 0 ? "NO_VALUE" : null;
    }

    private long auctionValue() {
        return facts.appraised.minor();
    }

    private boolean supported() {
        LocalDate end = facts.endOfSupport;
        return end == null || end.isAfter(facts.today);
    }

    private boolean notWorthRepair() {
        Money quote = facts.repairQuote;
        return quote != null && exceeds(quote, rules.repairPermille());
    }

    private boolean exceeds(Money cost, int permille) {
        return Math.multiplyExact(cost.minor(), 1000L) > Math.multiplyExact(facts.newPrice.minor(), (long) permille);
    }

    private Signal share(Code code, Money cost, int permille) {
        BigDecimal percent = BigDecimal.valueOf(cost.minor())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(facts.newPrice.minor()), 1, RoundingMode.HALF_UP);
        return new Signal(code, List.of(percent.toPlainString(), Appraisal.percent(permille)));
    }
}
