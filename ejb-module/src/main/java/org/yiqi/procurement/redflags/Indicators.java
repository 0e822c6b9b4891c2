package org.yiqi.procurement.redflags;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.redflags.ContractingProcess.Award;
import org.yiqi.procurement.redflags.ContractingProcess.Bid;
import org.yiqi.procurement.redflags.RedFlag.Group;

/**
 * Cardinal's indicators with their defaults: processes go in one by one, flags come out when all are in. Amounts are compared in the
 * first currency that is seen.
 */
public final class Indicators {

    /** Cardinal's defaults, which its settings file can change. */
    private static final int SHORTEST_DAYS = 15;

    private static final int MOST_FREQUENT = 75;
    private static final int FEWEST_BIDS = 2;
    private static final int FEWEST_PROCESSES = 2;
    private static final int FEWEST_DISQUALIFIED = 1;
    private static final int LEVEL_DIGITS = 2;

    private final int fewestAwarded;
    private final List<RedFlag> flags = new ArrayList<>();
    private final Map<String, Difference> differences = new TreeMap<>();
    private final Map<String, Ratio> wins = new TreeMap<>();
    private final Map<Group, Map<String, Ratio>> disqualified = new HashMap<>();
    private final Map<String, Variety> varieties = new TreeMap<>();
    private @Nullable String currency;

    public Indicators() {
        this(20);
    }

    /** @param fewestAwarded in how many processes a supplier was awarded before its variety is looked at (R048) */
    public Indicators(int fewestAwarded) {
        this.fewestAwarded = fewestAwarded;
    }

    /** Between the winning bid and the next, in parts of the first. */
    private record Difference(String winner, String next, double share) {}

    /** So many of so many. */
    private record Ratio(long part, long whole) {

        private static final Ratio NONE = new Ratio(0, 0);

        Ratio plus(long morePart, long moreWhole) {
            return new Ratio(part + morePart, whole + moreWhole);
        }

        double value() {
            return (double) part / whole;
        }
    }

    /** What a supplier supplies. */
    private static final class Variety {
        private final Set<String> processes = new HashSet<>();
        private final Set<String> kinds = new HashSet<>();
    }

    /** Takes one process, as its compiled release has it. */
    public void add(JsonObject compiled) {
        if (compiled.get("tender") instanceof JsonObject tender && "cancelled".equals(tender.getString("status", ""))) {
            return;
        }
        ContractingProcess process = ContractingProcess.of(compiled);
        shortPeriod(process);
        singleBid(process);
        samePrices(process);
        lateWinner(process);
        allOthersOut(process);
        lowestOut(process);
        difference(process);
        winners(process);
        disqualified(process);
        supplied(process);
    }

    /** All flags, those of single processes first. */
    public List<RedFlag> flags() {
        List<RedFlag> all = new ArrayList<>(flags);
        closeAndFar(all);
        losers(all);
        outOften(all, Group.BUYER, FEWEST_PROCESSES);
        outOften(all, Group.PROCURING_ENTITY, FEWEST_PROCESSES);
        outOften(all, Group.TENDERER, FEWEST_BIDS);
        heterogeneous(all);
        return all;
    }

    private void flag(
            String indicator,
            ContractingProcess process,
            double value,
            Map<String, String> facts,
            String... tenderers) {
        flags.add(new RedFlag(indicator, Group.OCID, process.ocid(), value, facts));
        double own = indicator.equals("R035") ? 0 : value;
        for (String tenderer : tenderers) {
            flags.add(new RedFlag(indicator, Group.TENDERER, tenderer, own, Map.of("ocid", process.ocid())));
        }
    }

    private void shortPeriod(ContractingProcess process) {
        if (process.start() != null && process.end() != null) {
            long days = Duration.between(process.start(), process.end()).toDays();
            if (days < SHORTEST_DAYS) {
                flag("R003", process, 1, Map.of("days", Long.toString(days), "least", Integer.toString(SHORTEST_DAYS)));
            }
        }
    }

    private void singleBid(ContractingProcess process) {
        if (process.competitive() && Long.valueOf(1).equals(process.tenderers())) {
            flag("R018", process, 1, Map.of());
        }
    }

    /** Who bids as a consortium, or twice, agrees with itself only. */
    private void samePrices(ContractingProcess process) {
        Map<String, Set<String>> byPrice = new HashMap<>();
        Set<String> agreeing = new TreeSet<>();
        String first = null;
        for (Bid bid : process.bids()) {
            BigDecimal amount = bid.amount();
            if (amount != null && !bid.currency().isEmpty() && !bid.tenderers().isEmpty()) {
                String price = amount.stripTrailingZeros().toPlainString() + " " + bid.currency();
                Set<String> tenderers = Set.copyOf(bid.tenderers());
                Set<String> before = byPrice.put(price, tenderers);
                if (before != null && !before.equals(tenderers)) {
                    agreeing.addAll(before);
                    agreeing.addAll(tenderers);
                    first = first == null ? price : first;
                }
            }
        }
        if (first != null) {
            flag("R028", process, 1, Map.of("price", first), agreeing.toArray(String[]::new));
        }
    }

    private void lateWinner(ContractingProcess process) {
        if (process.end() == null) {
            return;
        }
        Set<String> suppliers = new HashSet<>();
        process.awards().stream().filter(Award::active).forEach(award -> suppliers.addAll(award.suppliers()));
        Set<String> late = new HashSet<>();
        for (Bid bid : process.bids()) {
            if (bid.valid() && bid.date() != null && bid.date().isAfter(process.end())) {
                bid.tenderers().stream().filter(suppliers::contains).forEach(late::add);
            }
        }
        if (!late.isEmpty()) {
            flag("R030", process, 1, Map.of(), late.stream().sorted().toArray(String[]::new));
        }
    }

    private void allOthersOut(ContractingProcess process) {
        Set<String> awarded = new HashSet<>();
        process.complete().forEach(award -> awarded.addAll(award.suppliers()));
        Set<String> valid = tenderers(process, true);
        Set<String> out = tenderers(process, false);
        out.removeAll(valid);
        if (valid.size() == 1 && valid.equals(awarded) && out.size() >= FEWEST_DISQUALIFIED) {
            flag(
                    "R035",
                    process,
                    out.size(),
                    Map.of("disqualified", Integer.toString(out.size())),
                    valid.iterator().next());
        }
    }

    private static Set<String> tenderers(ContractingProcess process, boolean valid) {
        Set<String> found = new HashSet<>();
        process.bids().stream()
                .filter(bid -> valid ? bid.valid() : bid.disqualified())
                .forEach(bid -> found.addAll(bid.tenderers()));
        return found;
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
            flag("R036", process, 1, Map.of("price", amountOf(lowest).toPlainString() + " " + lowest.currency()));
        }
    }

    private static BigDecimal amountOf(Bid bid) {
        BigDecimal amount = bid.amount();
        return amount == null ? BigDecimal.ZERO : amount;
    }

    private boolean comparable(Bid bid) {
        if (currency == null && !bid.currency().isEmpty()) {
            currency = bid.currency();
        }
        return bid.currency().equals(currency);
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
            double share = (amountOf(next).doubleValue() - amountOf(won).doubleValue())
                    / amountOf(won).doubleValue();
            if (share >= 0) {
                differences.put(
                        process.ocid(), new Difference(winner, next.tenderers().get(0), share));
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
            valid.forEach(tenderer -> wins.merge(
                    tenderer,
                    new Ratio(tenderer.equals(winner) ? 1 : 0, 1),
                    (known, one) -> known.plus(one.part(), one.whole())));
        }
    }

    private void disqualified(ContractingProcess process) {
        long all = process.bids().size();
        if (all == 0) {
            return;
        }
        long out = process.bids().stream().filter(Bid::disqualified).count();
        count(Group.BUYER, process.buyer(), out, all);
        count(Group.PROCURING_ENTITY, process.procuringEntity(), out, all);
        for (Bid bid : process.bids()) {
            bid.tenderers().forEach(tenderer -> count(Group.TENDERER, tenderer, bid.disqualified() ? 1 : 0, 1));
        }
    }

    private void count(Group group, @Nullable String id, long part, long whole) {
        if (id != null) {
            disqualified
                    .computeIfAbsent(group, any -> new TreeMap<>())
                    .compute(id, (any, known) -> (known == null ? Ratio.NONE : known).plus(part, whole));
        }
    }

    private void supplied(ContractingProcess process) {
        for (Award award : process.awards()) {
            if (award.active() && award.suppliers().size() == 1) {
                for (String code : award.classifications()) {
                    Variety variety =
                            varieties.computeIfAbsent(award.suppliers().get(0), any -> new Variety());
                    variety.processes.add(process.ocid());
                    variety.kinds.add(code.substring(0, Math.min(LEVEL_DIGITS, code.length())));
                }
            }
        }
    }

    private void closeAndFar(List<RedFlag> all) {
        Fences fences =
                Fences.of(differences.values().stream().map(Difference::share).toList());
        differences.forEach((ocid, difference) -> {
            double share = difference.share();
            // Where most differ by nothing, a difference of nothing is no lead.
            if (fences.firstQuartile() > 0 && fences.lower() > 0 && share <= fences.lower()) {
                all.add(new RedFlag("R024", Group.OCID, ocid, share, fence(fences.lower())));
                for (String tenderer : List.of(difference.winner(), difference.next())) {
                    all.add(new RedFlag("R024", Group.TENDERER, tenderer, 0, Map.of("ocid", ocid)));
                }
            }
            if (fences.upper() > 0 && share >= fences.upper()) {
                all.add(new RedFlag("R058", Group.OCID, ocid, share, fence(fences.upper())));
                all.add(new RedFlag("R058", Group.TENDERER, difference.winner(), 0, Map.of("ocid", ocid)));
            }
        });
    }

    private static Map<String, String> fence(double fence) {
        return Map.of("fence", Double.toString(fence));
    }

    private void losers(List<RedFlag> all) {
        Fences ratios = Fences.of(wins.values().stream().map(Ratio::value).toList());
        double often = Fences.quantile(
                wins.values().stream().mapToDouble(Ratio::whole).sorted().toArray(), MOST_FREQUENT / 100.0);
        if (ratios.firstQuartile() > 0 && ratios.lower() > 0) {
            wins.forEach((tenderer, ratio) -> {
                if (ratio.whole() >= often && ratio.value() <= ratios.lower()) {
                    all.add(new RedFlag(
                            "R025", Group.TENDERER, tenderer, ratio.value(), counts(ratio, ratios.lower())));
                }
            });
        }
    }

    private static Map<String, String> counts(Ratio ratio, double fence) {
        return Map.of(
                "part", Long.toString(ratio.part()),
                "whole", Long.toString(ratio.whole()),
                "fence", Double.toString(fence));
    }

    private void outOften(List<RedFlag> all, Group group, int fewest) {
        Map<String, Ratio> known = new TreeMap<>(disqualified.getOrDefault(group, Map.of()));
        known.values().removeIf(ratio -> ratio.whole() < fewest);
        double fence =
                Fences.of(known.values().stream().map(Ratio::value).toList()).upper();
        known.forEach((id, ratio) -> {
            if (fence > 0 && ratio.value() >= fence) {
                all.add(new RedFlag("R038", group, id, ratio.value(), counts(ratio, fence)));
            }
        });
    }

    private void heterogeneous(List<RedFlag> all) {
        Map<String, Double> kinds = new TreeMap<>();
        varieties.forEach((supplier, variety) -> {
            if (variety.processes.size() >= fewestAwarded) {
                kinds.put(supplier, (double) variety.kinds.size());
            }
        });
        double fence = Fences.of(kinds.values()).upper();
        kinds.forEach((supplier, count) -> {
            if (count >= fence) {
                all.add(new RedFlag("R048", Group.TENDERER, supplier, count, fence(fence)));
            }
        });
    }
}
