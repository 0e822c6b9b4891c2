package org.yiqi.procurement;

import static org.yiqi.procurement.domain.ReleaseFields.date;
import static org.yiqi.procurement.domain.ReleaseFields.number;
import static org.yiqi.procurement.domain.ReleaseFields.object;
import static org.yiqi.procurement.domain.ReleaseFields.objects;
import static org.yiqi.procurement.domain.ReleaseFields.text;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.domain.BusinessCalendar;

/**
 * The unit prices that a compiled release tells: of contracts' items, or of awards' where no contract tells one. An item without a unit
 * price has one if it is the only one of its contract or award and says how many.
 */
final class PublishedPrices {

    private static final long MOST = 1_000_000_000_000_000L;

    private PublishedPrices() {}

    /**
     * One price.
     *
     * @param item unique in its process
     * @param scheme of the item's classification; empty without one
     */
    record Price(
            String item,
            String scheme,
            String code,
            String currency,
            long unitMinor,
            long quantity,
            String buyer,
            LocalDate day) {}

    static List<Price> of(JsonObject release) {
        String buyer = text(object(release, "buyer"), "id");
        List<Price> prices = new ArrayList<>();
        if (buyer.isEmpty() || buyer.length() > 400) {
            return prices;
        }
        Set<String> contracted = new HashSet<>();
        for (JsonObject contract : objects(release, "contracts")) {
            LocalDate day = day(contract, "dateSigned");
            if (day == null) {
                day = day(object(contract, "period"), "startDate");
            }
            if (Set.of("active", "terminated").contains(text(contract, "status")) && day != null) {
                List<Price> told = of(contract, "contract-" + text(contract, "id"), buyer, day);
                if (!told.isEmpty()) {
                    contracted.add(text(contract, "awardID"));
                    prices.addAll(told);
                }
            }
        }
        for (JsonObject award : objects(release, "awards")) {
            LocalDate day = day(award, "date");
            if (text(award, "status").equals("active") && day != null && !contracted.contains(text(award, "id"))) {
                prices.addAll(of(award, "award-" + text(award, "id"), buyer, day));
            }
        }
        return prices;
    }

    private static List<Price> of(JsonObject deal, String name, String buyer, LocalDate day) {
        List<JsonObject> items = objects(deal, "items");
        List<Price> prices = new ArrayList<>();
        for (JsonObject item : items) {
            JsonObject classification = object(item, "classification");
            JsonObject unit = object(object(item, "unit"), "value");
            BigDecimal quantity = number(item, "quantity");
            BigDecimal price = number(unit, "amount");
            String currency = text(unit, "currency");
            if (price == null && items.size() == 1 && quantity != null && quantity.signum() > 0) {
                JsonObject value = object(deal, "value");
                BigDecimal whole = number(value, "amount");
                price = whole == null ? null : whole.divide(quantity, 2, RoundingMode.HALF_UP);
                currency = text(value, "currency");
            }
            String id = name + "-" + text(item, "id");
            long minor = minor(price);
            if (minor > 0 && currency.matches("[A-Z]{3}") && id.length() <= 400) {
                prices.add(new Price(
                        id,
                        text(classification, "scheme"),
                        text(classification, "id"),
                        currency,
                        minor,
                        quantity == null || quantity.signum() <= 0 ? 1 : Math.max(1, quantity.longValue()),
                        buyer,
                        day));
            }
        }
        return prices;
    }

    /** Zero for what is no price: missing, not above nothing, or more than anything costs. */
    private static long minor(@Nullable BigDecimal price) {
        if (price == null) {
            return 0;
        }
        BigDecimal minor = price.movePointRight(2).setScale(0, RoundingMode.HALF_UP);
        return minor.signum() > 0 && minor.compareTo(BigDecimal.valueOf(MOST)) <= 0 ? minor.longValueExact() : 0;
    }

    private static @Nullable LocalDate day(JsonObject from, String name) {
        OffsetDateTime date = date(from, name);
        try {
            return date == null
                    ? null
                    : date.atZoneSameInstant(BusinessCalendar.CHINA).toLocalDate();
        } catch (DateTimeException e) {
            // The last day that there is has no number in China any more.
            return null;
        }
    }
}
