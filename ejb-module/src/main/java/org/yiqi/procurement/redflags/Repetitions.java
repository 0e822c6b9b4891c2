package org.yiqi.procurement.redflags;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yiqi.procurement.redflags.Figure.Kind;
import org.yiqi.procurement.redflags.RedFlag.Group;

/** The indicators that show when something happens again: a ratio that two tenderers keep, purchases that together reach a threshold. */
final class Repetitions {

    private static final int FEWEST_TIMES = 3;

    private final IndicatorSettings settings;
    private final Collection<Figure> figures;
    private final Map<List<String>, RedFlag> flags = new TreeMap<>(Comparator.comparing(Object::toString));

    private Repetitions(IndicatorSettings settings, Collection<Figure> figures) {
        this.settings = settings;
        this.figures = figures;
    }

    static List<RedFlag> of(IndicatorSettings settings, Collection<Figure> figures) {
        Repetitions all = new Repetitions(settings, figures);
        all.fixedMultiples();
        all.splitPurchases();
        return List.copyOf(all.flags.values());
    }

    /** Of what is said twice of one, the stronger stays. */
    private void flag(RedFlag flag) {
        flags.merge(
                List.of(
                        flag.indicator(),
                        flag.group().name(),
                        flag.subject(),
                        flag.facts().getOrDefault("ocid", "")),
                flag,
                (known, other) -> other.value() > known.value() ? other : known);
    }

    private void fixedMultiples() {
        figures.stream()
                .filter(figure -> figure.kind() == Kind.STEPS)
                .forEach(figure -> flag(new RedFlag(
                        "R023", Group.OCID, figure.ocid(), figure.part(), Map.of("price", figure.other()))));
        Map<List<Object>, Set<String>> kept = new HashMap<>();
        figures.stream().filter(figure -> figure.kind() == Kind.RATIO).forEach(figure -> kept.computeIfAbsent(
                        List.of(figure.subject(), figure.other(), figure.part()), any -> new TreeSet<>())
                .add(figure.ocid()));
        int fewest = settings.number("R023.threshold", FEWEST_TIMES);
        kept.forEach((pair, ocids) -> {
            if (ocids.size() >= fewest) {
                String price = "1 : " + pair.get(2);
                for (String ocid : ocids) {
                    flag(new RedFlag("R023", Group.OCID, ocid, ocids.size(), Map.of("price", price)));
                    for (Object tenderer : pair.subList(0, 2)) {
                        flag(new RedFlag(
                                "R023",
                                Group.TENDERER,
                                tenderer.toString(),
                                ocids.size(),
                                Map.of("price", price, "ocid", ocid)));
                    }
                }
            }
        });
    }

    /** Purchases of one buyer of the same goods, each below the threshold, that reach it together within so many days. */
    private void splitPurchases() {
        OptionalDouble threshold = settings.optional("R011.threshold");
        if (threshold.isEmpty()) {
            return;
        }
        Map<List<String>, List<Figure>> purchases = new HashMap<>();
        figures.stream()
                .filter(figure -> figure.kind() == Kind.AWARDED && figure.part() < threshold.getAsDouble())
                .forEach(figure -> purchases
                        .computeIfAbsent(List.of(figure.subject(), figure.other()), any -> new ArrayList<>())
                        .add(figure));
        purchases.values().forEach(all -> {
            all.sort(Comparator.comparingDouble(Figure::whole));
            int first = 0;
            double together = 0;
            for (int last = 0; last < all.size(); last++) {
                together += all.get(last).part();
                while (all.get(last).whole() - all.get(first).whole() > settings.number("R011.days", 0)) {
                    together -= all.get(first++).part();
                }
                if (together >= threshold.getAsDouble()) {
                    split(all.subList(first, last + 1), together, threshold.getAsDouble());
                }
            }
        });
    }

    private void split(List<Figure> window, double together, double threshold) {
        Set<String> ocids = new TreeSet<>();
        window.forEach(figure -> ocids.add(figure.ocid()));
        if (ocids.size() < 2) {
            return;
        }
        String currency = " " + settings.values().get("R011.currency");
        Map<String, String> facts = Map.of(
                "price", BigDecimal.valueOf(together).toPlainString() + currency,
                "least", BigDecimal.valueOf(threshold).toPlainString() + currency,
                "days", Integer.toString(settings.number("R011.days", 0)));
        ocids.forEach(ocid -> flag(new RedFlag("R011", Group.OCID, ocid, ocids.size(), facts)));
        flag(new RedFlag("R011", Group.BUYER, window.get(0).subject(), ocids.size(), facts));
    }
}
