package org.yiqi.procurement.redflags;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.yiqi.procurement.redflags.Figure.Kind;
import org.yiqi.procurement.redflags.RedFlag.Group;

/** The indicators that compare processes with each other: what is outside the fences around everybody's figures. */
final class Comparisons {

    /** Cardinal's defaults, which its settings file can change. */
    private static final int MOST_FREQUENT = 75;

    private static final int FEWEST_BIDS = 2;
    private static final int FEWEST_PROCESSES = 2;
    private static final int FEWEST_AWARDED = 20;

    private final IndicatorSettings settings;
    private final Collection<Figure> figures;
    private final List<RedFlag> flags = new ArrayList<>();

    private Comparisons(IndicatorSettings settings, Collection<Figure> figures) {
        this.settings = settings;
        this.figures = figures;
    }

    static List<RedFlag> of(IndicatorSettings settings, Collection<Figure> figures) {
        Comparisons all = new Comparisons(settings, figures);
        all.closeAndFar();
        all.losers();
        int processes = settings.number("R038.minimum_contracting_processes", FEWEST_PROCESSES);
        all.outOften(Kind.BUYER_OUT, Group.BUYER, processes);
        all.outOften(Kind.PROCURING_ENTITY_OUT, Group.PROCURING_ENTITY, processes);
        all.outOften(Kind.TENDERER_OUT, Group.TENDERER, settings.number("R038.minimum_submitted_bids", FEWEST_BIDS));
        all.heterogeneous();
        all.farApart();
        all.flags.addAll(Repetitions.of(settings, figures));
        return all.flags;
    }

    /** So many of so many. */
    private record Ratio(double part, double whole) {

        Ratio plus(Ratio more) {
            return new Ratio(part + more.part, whole + more.whole);
        }

        double value() {
            return part / whole;
        }
    }

    private List<Figure> ofKind(Kind kind) {
        return figures.stream().filter(figure -> figure.kind() == kind).toList();
    }

    private Map<String, Ratio> ratios(Kind kind) {
        Map<String, Ratio> ratios = new TreeMap<>();
        ofKind(kind).forEach(each -> ratios.merge(each.subject(), new Ratio(each.part(), each.whole()), Ratio::plus));
        return ratios;
    }

    private static Fences fences(Collection<Ratio> ratios) {
        return Fences.of(ratios.stream().map(Ratio::value).toList());
    }

    private void flag(String indicator, Group group, String subject, double value, Map<String, String> facts) {
        flags.add(new RedFlag(indicator, group, subject, value, facts));
    }

    private void closeAndFar() {
        List<Figure> differences = ofKind(Kind.DIFFERENCE);
        Fences fences = Fences.of(differences.stream().map(Figure::part).toList());
        OptionalDouble close = settings.optional("R024.threshold");
        double lower = close.orElse(fences.lower());
        double upper = settings.optional("R058.threshold").orElse(fences.upper());
        // Where most differ by nothing, a difference of nothing is no lead.
        boolean differ = lower > 0 && (close.isPresent() || fences.firstQuartile() > 0);
        for (Figure each : differences) {
            Map<String, String> of = Map.of("ocid", each.ocid());
            if (differ && each.part() <= lower) {
                flag("R024", Group.OCID, each.ocid(), each.part(), fence(lower));
                flag("R024", Group.TENDERER, each.subject(), 0, of);
                flag("R024", Group.TENDERER, each.other(), 0, of);
            }
            if (upper > 0 && each.part() >= upper) {
                flag("R058", Group.OCID, each.ocid(), each.part(), fence(upper));
                flag("R058", Group.TENDERER, each.subject(), 0, of);
            }
        }
    }

    private static Map<String, String> fence(double fence) {
        return Map.of("fence", Double.toString(fence));
    }

    private void losers() {
        Map<String, Ratio> wins = ratios(Kind.WON);
        double often = Fences.quantile(
                wins.values().stream().mapToDouble(Ratio::whole).sorted().toArray(),
                settings.number("R025.percentile", MOST_FREQUENT) / 100.0);
        OptionalDouble told = settings.optional("R025.threshold");
        Fences fences = fences(wins.values());
        double lower = told.orElse(fences.lower());
        if (lower > 0 && (told.isPresent() || fences.firstQuartile() > 0)) {
            wins.forEach((tenderer, ratio) -> {
                if (ratio.whole() >= often && ratio.value() <= lower) {
                    flag("R025", Group.TENDERER, tenderer, ratio.value(), counts(ratio, lower));
                }
            });
        }
    }

    private static Map<String, String> counts(Ratio ratio, double fence) {
        return Map.of(
                "part", Long.toString(Math.round(ratio.part())),
                "whole", Long.toString(Math.round(ratio.whole())),
                "fence", Double.toString(fence));
    }

    private void outOften(Kind kind, Group group, int fewest) {
        Map<String, Ratio> known = ratios(kind);
        known.values().removeIf(ratio -> ratio.whole() < fewest);
        double fence = settings.optional("R038.threshold")
                .orElse(fences(known.values()).upper());
        known.forEach((id, ratio) -> {
            if (fence > 0 && ratio.value() >= fence) {
                flag("R038", group, id, ratio.value(), counts(ratio, fence));
            }
        });
    }

    private void heterogeneous() {
        int fewest = settings.number("R048.minimum_contracting_processes", FEWEST_AWARDED);
        Map<String, Set<String>> processes = bySupplier(Figure::ocid);
        Map<String, Double> kinds = new TreeMap<>();
        bySupplier(Figure::other).forEach((supplier, codes) -> {
            if (processes.getOrDefault(supplier, Set.of()).size() >= fewest) {
                kinds.put(supplier, (double) codes.size());
            }
        });
        double fence = settings.optional("R048.threshold")
                .orElse(Fences.of(kinds.values()).upper());
        kinds.forEach((supplier, count) -> {
            if (count >= fence) {
                flag("R048", Group.TENDERER, supplier, count, fence(fence));
            }
        });
    }

    private Map<String, Set<String>> bySupplier(Function<Figure, String> what) {
        Map<String, Set<String>> found = new TreeMap<>();
        ofKind(Kind.SUPPLIED).forEach(each -> found.computeIfAbsent(each.subject(), any -> new HashSet<>())
                .add(what.apply(each)));
        return found;
    }

    /** A lot is compared with all lots; what is said is said of its process. */
    private void farApart() {
        List<Figure> disparities = ofKind(Kind.DISPARITY);
        double fence = settings.optional("R022.threshold")
                .orElse(Fences.of(disparities.stream().map(Figure::part).toList())
                        .upper());
        Map<String, Double> widest = new TreeMap<>();
        disparities.stream()
                .filter(each -> fence > 0 && each.part() >= fence)
                .forEach(each -> widest.merge(each.ocid(), each.part(), Math::max));
        widest.forEach((ocid, value) -> flag("R022", Group.OCID, ocid, value, fence(fence)));
    }
}
