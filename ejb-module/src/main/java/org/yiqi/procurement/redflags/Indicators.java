package org.yiqi.procurement.redflags;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.redflags.ContractingProcess.Award;
import org.yiqi.procurement.redflags.ContractingProcess.Bid;
import org.yiqi.procurement.redflags.Figure.Kind;
import org.yiqi.procurement.redflags.RedFlag.Group;

/**
 * Cardinal's indicators: processes go in one by one and leave the flags that they raise by themselves and the figures by which all are
 * compared. Amounts are compared in the first currency that is seen.
 */
public final class Indicators {

    private static final int LEVEL_DIGITS = 2;

    private final IndicatorSettings settings;
    private final Set<String> excluded;
    private final Set<String> priced;
    private final Set<String> notPriced;
    private final List<RedFlag> found = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private String currency;

    public Indicators(IndicatorSettings settings) {
        this(settings, "");
    }

    /** @param currency in which amounts are compared; empty for the first one that is seen */
    public Indicators(IndicatorSettings settings, String currency) {
        this.settings = settings;
        this.currency = settings.values().getOrDefault("currency", currency);
        excluded = settings.words("exclusions.procurement_method_details", "");
        priced = settings.words("price_comparison_procurement_methods", "");
        notPriced = settings.words("no_price_comparison_procurement_methods", "");
    }

    /** Takes one process, as its compiled release has it. */
    public void add(JsonObject compiled) {
        ContractingProcess process = ContractingProcess.of(compiled);
        if (process.cancelled() || excluded.contains(process.methodDetails())) {
            return;
        }
        boolean comparesPrices = priced.isEmpty()
                ? !notPriced.contains(process.methodDetails())
                : priced.contains(process.methodDetails());
        found.addAll(ProcessIndicators.of(settings, process, comparesPrices));
        if (comparesPrices) {
            // The first that looks at amounts says in which currency: as in Cardinal, these before R036.
            difference(process);
            lowestOut(process);
            figures.addAll(PricePatterns.of(
                    settings,
                    process.ocid(),
                    process.bids().stream()
                            .filter(bid -> bid.tenderers().size() == 1)
                            .toList()));
        }
        winners(process);
        disqualified(process);
        supplied(process);
        awarded(process);
    }

    /** The flags that processes raise by themselves. */
    public List<RedFlag> found() {
        return List.copyOf(found);
    }

    /** What is to be compared with the figures of all other processes. */
    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** In which currency amounts are compared; empty while none was seen. */
    public String currency() {
        return currency;
    }

    /** The flags that show only beside the figures of all processes. */
    public static List<RedFlag> compared(IndicatorSettings settings, Collection<Figure> figures) {
        return Comparisons.of(settings, figures);
    }

    /** All flags, those of single processes first, of everything that was added. */
    public List<RedFlag> flags() {
        List<RedFlag> all = new ArrayList<>(found);
        all.addAll(compared(settings, figures));
        return all;
    }

    private void figure(
            ContractingProcess process, Kind kind, String subject, String other, double part, double whole) {
        figures.add(new Figure(process.ocid(), kind, subject, other, part, whole));
    }

    private void lowestOut(ContractingProcess process) {
        if (process.awards().stream().noneMatch(Award::active)) {
            return;
        }
        Bid lowest = null;
        boolean valid = false;
        for (Bid bid : process.bids()) {
            BigDecimal amount = bid.amount();
            if (amount != null && comparable(bid)) {
                valid |= bid.valid();
                if (lowest == null || amount.compareTo(amountOf(lowest)) < 0) {
                    lowest = bid;
                }
            }
        }
        if (valid && lowest != null && lowest.disqualified()) {
            String price = amountOf(lowest).toPlainString() + " " + lowest.currency();
            found.add(new RedFlag("R036", Group.OCID, process.ocid(), 1, Map.of("price", price)));
        }
    }

    private static BigDecimal amountOf(Bid bid) {
        BigDecimal amount = bid.amount();
        return amount == null ? BigDecimal.ZERO : amount;
    }

    private boolean comparable(Bid bid) {
        if (currency.isEmpty()) {
            currency = bid.currency();
        }
        return !bid.currency().isEmpty() && bid.currency().equals(currency);
    }

    /** One award to one supplier, and bids of one tenderer each: only then is it clear which bids competed. */
    private void difference(ContractingProcess process) {
        String winner = winner(process);
        Bid won = null;
        Bid next = null;
        for (Bid bid : process.bids()) {
            if (winner != null
                    && bid.valid()
                    && bid.tenderers().size() == 1
                    && bid.amount() != null
                    && comparable(bid)) {
                if (bid.tenderers().get(0).equals(winner)) {
                    won = lower(won, bid);
                } else {
                    next = lower(next, bid);
                }
            }
        }
        if (winner != null && won != null && next != null && amountOf(won).signum() > 0) {
            double price = amountOf(won).doubleValue();
            double share = (amountOf(next).doubleValue() - price) / price;
            if (share >= 0) {
                figure(process, Kind.DIFFERENCE, winner, next.tenderers().get(0), share, 1);
            }
        }
    }

    private static Bid lower(@Nullable Bid known, Bid bid) {
        return known == null || amountOf(bid).compareTo(amountOf(known)) < 0 ? bid : known;
    }

    private static @Nullable String winner(ContractingProcess process) {
        List<Award> complete = process.complete();
        return complete.size() == 1 && complete.get(0).suppliers().size() == 1
                ? complete.get(0).suppliers().get(0)
                : null;
    }

    private void winners(ContractingProcess process) {
        String winner = winner(process);
        if (winner != null) {
            Set<String> valid = new HashSet<>();
            process.bids().stream()
                    .filter(bid -> bid.valid() && bid.tenderers().size() == 1)
                    .forEach(bid -> valid.addAll(bid.tenderers()));
            valid.forEach(tenderer -> figure(process, Kind.WON, tenderer, "", tenderer.equals(winner) ? 1 : 0, 1));
        }
    }

    private void disqualified(ContractingProcess process) {
        int all = process.bids().size();
        if (all == 0) {
            return;
        }
        int out = (int) process.bids().stream().filter(Bid::disqualified).count();
        if (process.buyer() != null) {
            figure(process, Kind.BUYER_OUT, process.buyer(), "", out, all);
        }
        if (process.procuringEntity() != null) {
            figure(process, Kind.PROCURING_ENTITY_OUT, process.procuringEntity(), "", out, all);
        }
        Map<String, int[]> tenderers = new TreeMap<>();
        for (Bid bid : process.bids()) {
            for (String tenderer : bid.tenderers()) {
                int[] counts = tenderers.computeIfAbsent(tenderer, any -> new int[2]);
                counts[0] += bid.disqualified() ? 1 : 0;
                counts[1]++;
            }
        }
        tenderers.forEach((tenderer, counts) -> figure(process, Kind.TENDERER_OUT, tenderer, "", counts[0], counts[1]));
    }

    private void supplied(ContractingProcess process) {
        int digits = settings.number("R048.digits", LEVEL_DIGITS);
        for (Award award : process.awards()) {
            if (award.active() && award.suppliers().size() == 1) {
                award.classifications().stream()
                        .map(code -> code.substring(0, Math.min(digits, code.length())))
                        .distinct()
                        .forEach(kind ->
                                figure(process, Kind.SUPPLIED, award.suppliers().get(0), kind, 1, 1));
            }
        }
    }

    /** What was put out to tender avoids no threshold. */
    private void awarded(ContractingProcess process) {
        boolean tendered =
                settings.words("R018.procurement_methods", "open|selective").contains(process.method())
                        && !process.bids().isEmpty();
        for (Award award : process.awards()) {
            BigDecimal amount = award.amount();
            if (!tendered
                    && award.active()
                    && process.buyer() != null
                    && amount != null
                    && award.date() != null
                    && award.currency().equals(settings.values().get("R011.currency"))) {
                award.goods()
                        .forEach(goods ->
                                figure(process, Kind.AWARDED, process.buyer(), goods, amount.doubleValue(), (double)
                                        award.date().toLocalDate().toEpochDay()));
            }
        }
    }
}
