package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.PriceIndex;
import org.yiqi.procurement.PriceIndexView;
import org.yiqi.procurement.PriceIndexView.Quarter;
import org.yiqi.shared.Amount;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.Texts;

/** How reference prices read and are drawn, and which one belongs to what a page is about. */
@Named("priceLook")
@RequestScoped
public class PriceLook {

    private static final double FULL = 100;

    @Inject
    PriceIndex prices;

    @Inject
    Texts texts;

    @Inject
    Language language;

    /** A card asks for each of its figures. */
    private final Map<String, Optional<PriceIndexView>> read = new HashMap<>();

    /** What it is the price of, in the reader's language. */
    public String name(PriceIndexView index) {
        return switch (index.kind()) {
            case CATEGORY -> texts.get("equipment.category." + index.subject());
            case MODEL -> index.name(language.getTag());
            case CLASSIFICATION -> index.subject();
        };
    }

    /** The reference price of a device class; null when nothing is known or no class is chosen yet. */
    public @Nullable PriceIndexView ofCategory(@Nullable String category) {
        return category == null || category.isBlank()
                ? null
                : read(PriceIndexView.Kind.CATEGORY, category).orElse(null);
    }

    /** Of a model, or of its class where the model has too few prices. */
    public @Nullable PriceIndexView ofModel(UUID model, String category) {
        return read(PriceIndexView.Kind.MODEL, model.toString())
                .filter(PriceIndexView::enough)
                .orElseGet(() -> ofCategory(category));
    }

    private Optional<PriceIndexView> read(PriceIndexView.Kind kind, String subject) {
        return read.computeIfAbsent(kind + " " + subject, any -> prices.of(kind, subject));
    }

    /** Where an amount stands between nothing and the highest figure, in per cent. */
    public String at(PriceIndexView index, Amount amount) {
        return share(amount, index.high());
    }

    /** How far it is from one figure to another on the same scale. */
    public String width(PriceIndexView index, Amount from, Amount to) {
        double whole = number(index.high());
        return String.format(Locale.ROOT, "%.2f", FULL * (number(to) - number(from)) / whole);
    }

    private static String share(Amount amount, @Nullable Amount of) {
        return String.format(Locale.ROOT, "%.2f", FULL * number(amount) / number(of));
    }

    private static double number(@Nullable Amount amount) {
        return amount == null ? 1 : amount.toMoney().amount().doubleValue();
    }

    /** The top of a page's chart: the highest third quartile. */
    public Amount top(PriceIndexView index) {
        return index.quarters().stream()
                .map(Quarter::thirdQuartile)
                .max((a, b) -> Double.compare(number(a), number(b)))
                .orElseThrow();
    }

    /** The points of the medians in a box of 100 by 100, each in the middle of its quarter. */
    public String line(PriceIndexView index) {
        return String.join(" ", points(index, Quarter::median));
    }

    /** The band between the quartiles as a polygon. */
    public String band(PriceIndexView index) {
        List<String> points = points(index, Quarter::thirdQuartile);
        List<String> back = points(index, Quarter::firstQuartile);
        Collections.reverse(back);
        points.addAll(back);
        return String.join(" ", points);
    }

    private List<String> points(PriceIndexView index, Function<Quarter, Amount> figure) {
        double top = number(top(index));
        int n = index.quarters().size();
        List<String> points = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double y = FULL - FULL * number(figure.apply(index.quarters().get(i))) / top;
            points.add(String.format(Locale.ROOT, "%.2f,%.2f", (i + 0.5) * FULL / n, y));
        }
        return points;
    }

    /** The name of a quarter: 2026 Q3. */
    public String quarter(Quarter quarter) {
        return quarter.from().getYear() + " Q" + (quarter.from().getMonthValue() + 2) / 3;
    }
}
