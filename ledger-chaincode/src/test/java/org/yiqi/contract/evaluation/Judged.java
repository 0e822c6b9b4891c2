package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.yiqi.contract.evaluation.LotResult.Fate;
import org.yiqi.contract.evaluation.LotTerms.Criterion;
import org.yiqi.contract.evaluation.LotTerms.Kind;
import org.yiqi.contract.evaluation.LotTerms.Requirement;
import org.yiqi.contract.sealing.BidContent;

/** A lot with three bids and a panel of five, for the tests. */
final class Judged {

    static final EvaluationRules RULES =
            new EvaluationRules(LocalDate.parse("2020-01-01"), 3, 40, 30, 3, 2, 30, BigDecimal.ZERO);
    static final UUID TENDER = new UUID(7, 7);
    static final UUID ONE = new UUID(1, 1);
    static final UUID TWO = new UUID(1, 2);
    static final UUID THREE = new UUID(1, 3);
    static final List<UUID> BIDS = List.of(ONE, TWO, THREE);

    private static final List<String> SEATS = List.of("1", "2", "3", "4", "5");

    private final SecureRandom random = new SecureRandom();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<OpenedPrice> prices = new ArrayList<>();
    private final List<LowPriceAnswer> answers = new ArrayList<>();
    private byte[] seed = new byte[Draw.SEED];

    Judged() {
        BIDS.forEach(bid -> rejections(bid, 0));
    }

    /** The whole panel gives each bid the same. */
    void marks(String... points) {
        marks.clear();
        for (int i = 0; i < BIDS.size(); i++) {
            for (String seat : SEATS) {
                marks.add(new Mark(BIDS.get(i), seat, "2", new BigDecimal(points[i]), ""));
            }
        }
    }

    void rejections(UUID bid, int seats) {
        verdicts.removeIf(each -> each.bid().equals(bid));
        for (int i = 0; i < SEATS.size(); i++) {
            verdicts.add(new Verdict(bid, SEATS.get(i), "0", i >= seats, i < seats ? "no certificate" : ""));
        }
    }

    void prices(long... amounts) {
        prices.clear();
        for (int i = 0; i < amounts.length; i++) {
            BidContent content = BidContent.of(
                    "PRICE", Map.of("amount", Long.toString(amounts[i]), "currency", "CNY"), List.of(), random);
            prices.add(new OpenedPrice(BIDS.get(i), new String(content.bytes(), StandardCharsets.UTF_8)));
        }
    }

    void answer(UUID bid, boolean accepted) {
        answers.add(new LowPriceAnswer(bid, accepted, "the panel's reason"));
    }

    void tieSeed(byte fill) {
        Arrays.fill(seed, fill);
    }

    private EvaluationTerms terms(boolean revealed) {
        LotTerms lot = new LotTerms(
                "1",
                2000,
                "CNY",
                10,
                PriceFormula.lowest(),
                List.of(new Criterion("1", Kind.PRICE, 30), new Criterion("2", Kind.QUALITY, 70)),
                List.of(new Requirement("0", true)),
                BIDS,
                SEATS);
        return new EvaluationTerms(
                TENDER, RULES, List.of(lot), revealed ? HexFormat.of().formatHex(seed) : "", Draw.commitment(seed));
    }

    Evaluation evaluation() {
        return new Evaluation(terms(true), verdicts, marks, prices, answers);
    }

    Evaluation technical() {
        return new Evaluation(terms(false), verdicts, marks, List.of(), List.of());
    }

    Evaluation priced() {
        return new Evaluation(terms(true), List.of(), List.of(), prices, answers);
    }

    Evaluation shuffled() {
        Random other = new Random(5);
        List<List<?>> all = List.of(verdicts, marks, prices, answers);
        all.forEach(list -> Collections.shuffle(list, other));
        return evaluation();
    }

    List<UUID> winners() {
        return evaluation().results().get(0).valid();
    }

    Fate fate(UUID bid) {
        return evaluation().results().get(0).of(bid).fate();
    }

    List<OpenedPrice> openedPrices() {
        return prices;
    }
}
