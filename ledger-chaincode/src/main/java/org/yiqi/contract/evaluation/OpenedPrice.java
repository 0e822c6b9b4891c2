package org.yiqi.contract.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.sealing.BidContent;

/**
 * What was in a price envelope, byte by byte, so that its digest can be held against the opening's.
 *
 * @param content canonical, as {@link BidContent} writes it
 */
public record OpenedPrice(UUID bid, String content) {

    private static final long MOST = 1_000_000_000_000_000L;

    /** The price in minor units; empty where the bidder named none in the tender's currency. */
    Optional<Long> amount(String currency) {
        Map<String, String> values = parsed().values();
        return currency.equals(values.get("currency"))
                ? positive(values.get("amount")).filter(amount -> amount > 0)
                : Optional.empty();
    }

    /** What the device costs over its life; empty where a figure is missing. */
    Optional<LifeCycleCost> lifeCycle(String currency) {
        Map<String, String> values = parsed().values();
        return amount(currency).flatMap(price -> positive(values.get("serviceYearly"))
                .flatMap(service -> positive(values.get("runningYearly"))
                        .flatMap(running -> positive(values.get("disposal"))
                                .map(disposal -> new LifeCycleCost(price, service, running, disposal)))));
    }

    private static Optional<Long> positive(@Nullable String text) {
        if (text == null || !text.matches("0|[1-9][0-9]{0,15}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text)).filter(number -> number <= MOST);
    }

    BidContent parsed() {
        return BidContent.parse(content.getBytes(StandardCharsets.UTF_8));
    }

    Map<String, Object> tree() {
        return Map.of("bid", bid.toString(), "content", content);
    }

    static OpenedPrice read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("bid", "content"));
        OpenedPrice price = new OpenedPrice(fields.uuid("bid"), fields.text("content"));
        if (!price.parsed().envelope().equals("PRICE")) {
            throw new MalformedAct("what bid " + price.bid + " shows as its price is another envelope");
        }
        return price;
    }
}
