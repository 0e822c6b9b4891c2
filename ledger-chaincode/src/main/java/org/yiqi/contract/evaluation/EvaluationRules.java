package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.yiqi.contract.Fields;

/**
 * The figures by which a tender is judged, as of a day. A replay takes them from the document, never from today's law.
 *
 * @param fromDay the day from which this version counts
 * @param fewestBids with fewer valid bids a lot fails (财政部令第87号 §43)
 * @param lowBelowMean a price so many percent or more below the mean of the other bids is abnormally low
 * @param lowBelowNext so is one that is so many percent or more below the next higher bid
 * @param lowAmong the mean counts from so many bids on
 * @param outlierSigmas points further than so many standard deviations from the panel's mean need an explanation
 * @param outlierPercent so do points further than so many percent from the panel's median
 * @param discountPercent by which a cost that falls due a year later weighs less
 */
public record EvaluationRules(
        LocalDate fromDay,
        int fewestBids,
        int lowBelowMean,
        int lowBelowNext,
        int lowAmong,
        int outlierSigmas,
        int outlierPercent,
        BigDecimal discountPercent) {

    private static final Set<String> NAMES = Set.of(
            "discountPercent",
            "fewestBids",
            "fromDay",
            "lowAmong",
            "lowBelowMean",
            "lowBelowNext",
            "outlierPercent",
            "outlierSigmas");

    Map<String, Object> tree() {
        return Map.of(
                "discountPercent", discountPercent.toPlainString(),
                "fewestBids", Integer.toString(fewestBids),
                "fromDay", fromDay.toString(),
                "lowAmong", Integer.toString(lowAmong),
                "lowBelowMean", Integer.toString(lowBelowMean),
                "lowBelowNext", Integer.toString(lowBelowNext),
                "outlierPercent", Integer.toString(outlierPercent),
                "outlierSigmas", Integer.toString(outlierSigmas));
    }

    static EvaluationRules read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        return new EvaluationRules(
                Decimals.day(fields.text("fromDay")),
                (int) fields.number("fewestBids"),
                (int) fields.number("lowBelowMean"),
                (int) fields.number("lowBelowNext"),
                (int) fields.number("lowAmong"),
                (int) fields.number("outlierSigmas"),
                (int) fields.number("outlierPercent"),
                Decimals.of(fields.text("discountPercent")));
    }
}
