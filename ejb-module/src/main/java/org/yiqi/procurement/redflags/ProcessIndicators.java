package org.yiqi.procurement.redflags;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yiqi.procurement.redflags.ContractingProcess.Award;
import org.yiqi.procurement.redflags.ContractingProcess.Bid;
import org.yiqi.procurement.redflags.ContractingProcess.Party;
import org.yiqi.procurement.redflags.RedFlag.Group;

/** The indicators that need nothing but the process that they speak of. */
final class ProcessIndicators {

    private static final int SHORTEST_DAYS = 15;
    private static final int FEWEST_DISQUALIFIED = 1;

    private final IndicatorSettings settings;
    private final ContractingProcess process;
    private final List<RedFlag> flags = new ArrayList<>();

    private ProcessIndicators(IndicatorSettings settings, ContractingProcess process) {
        this.settings = settings;
        this.process = process;
    }

    /** @param comparesPrices whether bids of this process compete by their prices */
    static List<RedFlag> of(IndicatorSettings settings, ContractingProcess process, boolean comparesPrices) {
        ProcessIndicators own = new ProcessIndicators(settings, process);
        own.shortPeriod();
        own.singleBid();
        own.lateWinner();
        own.allOthersOut();
        own.relatedBidders();
        if (comparesPrices) {
            own.samePrices();
        }
        return own.flags;
    }

    private void flag(String indicator, double value, Map<String, String> facts, double own, Set<String> tenderers) {
        flags.add(new RedFlag(indicator, Group.OCID, process.ocid(), value, facts));
        for (String tenderer : tenderers) {
            flags.add(new RedFlag(indicator, Group.TENDERER, tenderer, own, Map.of("ocid", process.ocid())));
        }
    }

    private void shortPeriod() {
        Set<String> methods = settings.words("R003.procurement_methods", "");
        if (process.start() != null
                && process.end() != null
                && (methods.isEmpty() || methods.contains(process.method()))) {
            long days = Duration.between(process.start(), process.end()).toDays();
            int least = settings.number(
                    "R003.procurement_method_details." + process.methodDetails(),
                    settings.number("R003.threshold", SHORTEST_DAYS));
            if (days < least) {
                flag("R003", 1, Map.of("days", Long.toString(days), "least", Integer.toString(least)), 1, Set.of());
            }
        }
    }

    /** One and a half is not one. */
    private void singleBid() {
        BigDecimal tenderers = process.tenderers();
        if (settings.words("R018.procurement_methods", "open|selective").contains(process.method())
                && tenderers != null
                && tenderers.compareTo(BigDecimal.ONE) == 0) {
            flag("R018", 1, Map.of(), 1, Set.of());
        }
    }

    /** Who bids as a consortium, or twice, agrees with itself only. */
    private void samePrices() {
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
            flag("R028", 1, Map.of("price", first), 1, agreeing);
        }
    }

    private void lateWinner() {
        if (process.end() == null) {
            return;
        }
        Set<String> suppliers = new HashSet<>();
        process.awards().stream().filter(Award::active).forEach(award -> suppliers.addAll(award.suppliers()));
        Set<String> late = new TreeSet<>();
        for (Bid bid : process.bids()) {
            if (bid.valid() && bid.date() != null && bid.date().isAfter(process.end())) {
                bid.tenderers().stream().filter(suppliers::contains).forEach(late::add);
            }
        }
        if (!late.isEmpty()) {
            flag("R030", 1, Map.of(), 1, late);
        }
    }

    private void allOthersOut() {
        Set<String> awarded = new HashSet<>();
        process.complete().forEach(award -> awarded.addAll(award.suppliers()));
        Set<String> valid = tenderers(true);
        Set<String> out = tenderers(false);
        out.removeAll(valid);
        int fewest = Math.max(1, settings.number("R035.threshold", FEWEST_DISQUALIFIED));
        if (valid.size() == 1 && valid.equals(awarded) && out.size() >= fewest) {
            flag("R035", out.size(), Map.of("disqualified", Integer.toString(out.size())), 0, valid);
        }
    }

    private Set<String> tenderers(boolean valid) {
        Set<String> found = new HashSet<>();
        process.bids().stream()
                .filter(bid -> valid ? bid.valid() : bid.disqualified())
                .forEach(bid -> found.addAll(bid.tenderers()));
        return found;
    }

    /** Two tenderers who have an address or a way to reach them in common. */
    private void relatedBidders() {
        Map<String, Party> first = new HashMap<>();
        Set<String> common = new TreeSet<>();
        Set<String> related = new TreeSet<>();
        for (Party party : process.parties()) {
            party.contacts().forEach((name, value) -> {
                Party other = first.putIfAbsent(name + " " + value, party);
                if (other != null && !other.id().equals(party.id())) {
                    common.add(name);
                    related.add(other.id());
                    related.add(party.id());
                }
            });
        }
        if (!common.isEmpty()) {
            flag("R044", 1, Map.of("common", String.join(",", common)), 1, related);
        }
    }
}
