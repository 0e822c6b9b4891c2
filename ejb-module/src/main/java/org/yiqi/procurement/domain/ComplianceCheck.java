package org.yiqi.procurement.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yiqi.procurement.Finding;
import org.yiqi.procurement.Finding.Code;
import org.yiqi.procurement.Finding.Weight;
import org.yiqi.procurement.Parameter;
import org.yiqi.procurement.PlanTerms;
import org.yiqi.shared.Money;

/**
 * The automatic check of a plan. It explains what it finds and decides nothing but whether the plan may go up the ladder.
 *
 * @param large whether the class needs a licence whatever it costs
 * @param namedWords makers and favourites, in lower case
 * @param required parameters that the class has to state
 * @param sameClass prices of all of the organisation's other plans of this class within the days of the rules
 * @param idleNearby equal units that stand idle within reach, the nearest first
 */
public record ComplianceCheck(
        ProcurementRules rules,
        boolean large,
        Set<String> namedWords,
        List<RequiredParameter> required,
        List<Long> sameClass,
        List<IdleUnit> idleNearby) {

    public ComplianceCheck {
        namedWords = Set.copyOf(namedWords);
        required = List.copyOf(required);
        sameClass = List.copyOf(sameClass);
        idleNearby = List.copyOf(idleNearby);
    }

    /** A parameter that a specification must name. */
    public record RequiredParameter(String name, String nameZh, String nameEn) {

        /** Whether one of the lines has its name, in either language or as programs write it. */
        public boolean isIn(List<Parameter> lines) {
            List<String> names = List.of(fold(name), fold(nameZh), fold(nameEn));
            return lines.stream().anyMatch(line -> names.contains(fold(line.name())));
        }
    }

    /** An equal unit that could be shared instead. */
    public record IdleUnit(String nameZh, String nameEn, String ownerZh, String ownerEn, String km) {}

    /** Whether the equipment needs a licence to be set up. */
    public boolean isLarge(PlanTerms plan) {
        return large || plan.unitPrice().minor() >= rules.largeMinor();
    }

    public List<Finding> findings(PlanTerms plan) {
        List<Finding> findings = new ArrayList<>();
        if (plan.total().minor() > plan.budget().minor()) {
            findings.add(new Finding(
                    Code.BUDGET_EXCEEDED,
                    Weight.BLOCKS,
                    "/budget",
                    List.of(plan.total().toString(), plan.budget().toString())));
        }
        brands(plan, findings);
        if (isLarge(plan) && plan.licence().isBlank()) {
            findings.add(new Finding(Code.LICENCE_NEEDED, Weight.BLOCKS, "/licence", List.of()));
        }
        for (RequiredParameter each : required) {
            if (!each.isIn(plan.parameters())) {
                findings.add(new Finding(
                        Code.PARAMETER_MISSING, Weight.BLOCKS, "/parameters", List.of(each.nameZh(), each.nameEn())));
            }
        }
        split(plan, findings);
        idleNearby.stream()
                .findFirst()
                .ifPresent(unit -> findings.add(new Finding(
                        Code.SHARE_INSTEAD,
                        Weight.JUSTIFY,
                        "/justification",
                        List.of(unit.nameZh(), unit.nameEn(), unit.ownerZh(), unit.ownerEn(), unit.km()))));
        if (plan.serviceYearly().minor() == 0 && plan.runningYearly().minor() == 0) {
            findings.add(new Finding(Code.LIFE_COST_MISSING, Weight.HINT, "/serviceYearly", List.of()));
        }
        return findings;
    }

    private void brands(PlanTerms plan, List<Finding> findings) {
        String text = fold(plan.title() + " \n" + plan.specification());
        StringBuilder values = new StringBuilder();
        for (Parameter p : plan.parameters()) {
            values.append('\n').append(p.name()).append(' ').append(p.value());
        }
        String lines = fold(values.toString());
        namedWords.stream().sorted().forEach(word -> {
            if (names(text, word)) {
                findings.add(new Finding(Code.BRAND_NAMED, Weight.BLOCKS, "/specification", List.of(word)));
            } else if (names(lines, word)) {
                findings.add(new Finding(Code.BRAND_NAMED, Weight.BLOCKS, "/parameters", List.of(word)));
            }
        });
    }

    /** A Latin word stands alone ("roche" is not in "brochette"); Chinese has no spaces between words. */
    private static boolean names(String text, String word) {
        boolean latin = word.chars().allMatch(c -> c < 0x250);
        return latin
                ? Pattern.compile("(?<![\\p{IsLatin}\\d])" + Pattern.quote(word) + "(?![\\p{IsLatin}\\d])")
                        .matcher(text)
                        .find()
                : text.contains(word);
    }

    /** Several purchases, each below the line, that together reach it. */
    private void split(PlanTerms plan, List<Finding> findings) {
        long own = plan.total().minor();
        List<Long> below =
                sameClass.stream().filter(price -> price < rules.splitMinor()).toList();
        long together = below.stream().mapToLong(Long::longValue).sum() + own;
        if (own < rules.splitMinor() && !below.isEmpty() && together >= rules.splitMinor()) {
            String currency = plan.budget().currency();
            findings.add(new Finding(
                    Code.SPLIT_SUSPECTED,
                    Weight.JUSTIFY,
                    "/justification",
                    List.of(
                            Integer.toString(below.size() + 1),
                            Money.ofMinor(together, currency).toString(),
                            Money.ofMinor(rules.splitMinor(), currency).toString(),
                            Integer.toString(rules.splitDays()))));
        }
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }
}
