package org.yiqi.procurement.redflags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yiqi.procurement.redflags.RedFlag.Group;

/** Each indicator on the example of its documentation: the same flags, the same values. */
class IndicatorsTest {

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }

    private static List<String> flags(String... releases) {
        Indicators indicators =
                new Indicators(new IndicatorSettings(Map.of("R048.minimum_contracting_processes", "1")));
        for (String release : releases) {
            indicators.add(json(release));
        }
        return said(indicators);
    }

    private static List<String> said(Indicators indicators) {
        return indicators.flags().stream()
                .map(flag -> flag.indicator() + " " + flag.group() + " " + flag.subject() + " " + flag.value())
                .sorted()
                .toList();
    }

    private static String process(String ocid, String bids, String winner) {
        return "{'ocid':'" + ocid + "','bids':{'details':[" + bids
                + "]},'awards':[{'status':'active','suppliers':[{'id':'" + winner + "'}]}]}";
    }

    private static String bid(String status, String tenderer, int amount) {
        return "{'status':'" + status + "','tenderers':[{'id':'" + tenderer + "'}],'value':{'amount':" + amount
                + ",'currency':'USD'}}";
    }

    private static String bid(String tenderer) {
        return "{'status':'valid','tenderers':[{'id':'" + tenderer + "'}]}";
    }

    @Test
    void aShortSubmissionPeriodIsR003() {
        String period =
                "{'ocid':'F','tender':{'tenderPeriod':{'startDate':'2020-08-03T18:00:00-05:00','endDate':'%s'}}}";
        assertEquals(List.of("R003 OCID F 1.0"), flags(period.formatted("2020-08-04T18:00:00-05:00")));
        assertEquals(List.of("R003 OCID F 1.0"), flags(period.formatted("2020-08-18T17:59:59-05:00")));
        assertEquals(List.of(), flags(period.formatted("2020-08-18T18:00:00-05:00")));
    }

    @Test
    void aSingleBidInACompetitionIsR018() {
        assertEquals(
                List.of("R018 OCID F 1.0"),
                flags("{'ocid':'F','tender':{'numberOfTenderers':1,'procurementMethod':'open'}}"));
        assertEquals(List.of(), flags("{'ocid':'F','tender':{'numberOfTenderers':1,'procurementMethod':'direct'}}"));
    }

    @Test
    void aPriceCloseToTheWinningBidIsR024AndOneFarFromItR058() {
        List<String> close =
                new ArrayList<>(List.of(process("F", bid("valid", "W", 1) + "," + bid("valid", "L", 2), "W")));
        List<String> far =
                new ArrayList<>(List.of(process("F", bid("valid", "W", 1) + "," + bid("valid", "L", 100), "W")));
        for (int i = 1; i < 5; i++) {
            close.add(process("" + i, bid("valid", "W", 1) + "," + bid("valid", "L", 100), "W"));
            far.add(process("" + i, bid("valid", "W", 1) + "," + bid("valid", "L", 2), "W"));
        }
        assertTrue(flags(close.toArray(String[]::new))
                .containsAll(List.of("R024 OCID F 1.0", "R024 TENDERER L 0.0", "R024 TENDERER W 0.0")));
        assertTrue(flags(far.toArray(String[]::new)).containsAll(List.of("R058 OCID F 99.0", "R058 TENDERER W 0.0")));
        assertTrue(flags(far.toArray(String[]::new)).stream().noneMatch(flag -> flag.startsWith("R024")));
    }

    @Test
    void whoBidsOftenAndHardlyEverWinsIsR025() {
        List<String> all = new ArrayList<>(List.of(process("0", bid("F"), "F")));
        for (int i = 1; i < 6; i++) {
            all.add(process("" + i, bid("F") + "," + bid("" + i), "" + i));
        }
        assertEquals(
                List.of("R025 TENDERER F 0.16666666666666666"),
                flags(all.toArray(String[]::new)).stream()
                        .filter(flag -> flag.startsWith("R025"))
                        .toList());
    }

    @Test
    void anAwardThatSaysNothingOfHowItStandsHidesNoneOfTheOthers() {
        String awards = "'awards':[{'suppliers':[{'id':'X'}]},{'status':'active','suppliers':[{'id':'V'}]}]}";
        String out = "{'status':'disqualified','tenderers':[{'id':'D'}]}";
        assertTrue(flags("{'ocid':'F','bids':{'details':[" + out + "," + bid("V") + "]}," + awards)
                .contains("R035 OCID F 1.0"));
        String pending = awards.replace("{'suppliers'", "{'status':'pending','suppliers'");
        assertTrue(flags("{'ocid':'F','bids':{'details':[" + out + "," + bid("V") + "]}," + pending).stream()
                .noneMatch(flag -> flag.startsWith("R035")));
    }

    @Test
    void aTendererAndAHalfIsNotASingleOne() {
        assertEquals(List.of(), flags("{'ocid':'F','tender':{'numberOfTenderers':1.5,'procurementMethod':'open'}}"));
    }

    @Test
    void theCurrencyIsThatOfTheFirstBidsThatCompeteNotOfTheFirstThatIsDisqualified() {
        String euro = bid("disqualified", "E", 1).replace("USD", "EUR");
        Indicators indicators = new Indicators(new IndicatorSettings(Map.of()));
        indicators.add(json(process("F", euro + "," + bid("valid", "W", 2) + "," + bid("valid", "L", 3), "W")));
        assertEquals("USD", indicators.currency());
        assertEquals(
                1,
                indicators.figures().stream()
                        .filter(figure -> figure.kind() == Figure.Kind.DIFFERENCE)
                        .count());
        assertTrue(said(indicators).stream().noneMatch(flag -> flag.startsWith("R036")));
    }

    @Test
    void theSamePriceFromTwoIsR028() {
        assertEquals(
                List.of("R028 OCID F 1.0", "R028 TENDERER D 1.0", "R028 TENDERER V 1.0"),
                flags("{'ocid':'F','bids':{'details':[" + bid("valid", "V", 1) + "," + bid("disqualified", "D", 1)
                        + "]}}"));
    }

    @Test
    void aConsortiumAgreesWithItselfWithoutR028() {
        String consortium =
                "{'status':'valid','tenderers':[{'id':'A'},{'id':'B'}],'value':{'amount':1,'currency':'USD'}}";
        String without = "{'status':'valid','tenderers':[{'id':'%s'}],'value':{'amount':1}}";
        assertEquals(List.of(), flags("{'ocid':'F','bids':{'details':[" + consortium + "," + consortium + "]}}"));
        assertEquals(
                List.of(),
                flags("{'ocid':'F','bids':{'details':[" + without.formatted("A") + "," + without.formatted("B")
                        + "]}}"));
    }

    @Test
    void aLateBidThatWonIsR030() {
        String late = "{'ocid':'F','bids':{'details':[{'status':'valid','date':'%s','tenderers':[{'id':'W'}]}]},"
                + "'tender':{'tenderPeriod':{'endDate':'2000-03-15T00:00:00Z'}},"
                + "'awards':[{'status':'active','suppliers':[{'id':'W'}]}]}";
        assertTrue(flags(late.formatted("2000-04-01T00:00:00Z"))
                .containsAll(List.of("R030 OCID F 1.0", "R030 TENDERER W 1.0")));
        assertTrue(flags(late.formatted("2000-03-15T00:00:00Z")).stream().noneMatch(flag -> flag.startsWith("R030")));
    }

    @Test
    void allButTheWinnerDisqualifiedIsR035() {
        assertTrue(flags(process("F", "{'status':'disqualified','tenderers':[{'id':'D'}]}," + bid("V"), "V"))
                .containsAll(List.of("R035 OCID F 1.0", "R035 TENDERER V 0.0")));
    }

    @Test
    void theLowestBidDisqualifiedIsR036() {
        assertEquals(
                List.of("R036 OCID F 1.0"),
                flags(
                        "{'ocid':'F','bids':{'details':[{'status':'disqualified','value':{'amount':1,'currency':'USD'}},"
                                + "{'status':'valid','value':{'amount':2,'currency':'USD'}}]},'awards':[{'status':'active'}]}"));
    }

    @Test
    void aBuyerWhoDisqualifiesMoreThanOthersIsR038() {
        List<String> all =
                new ArrayList<>(List.of("{'ocid':'0','bids':{'details':[{'status':'valid','tenderers':[{'id':'W1'}]},"
                        + "{'status':'disqualified','tenderers':[{'id':'D'}]}]},'buyer':{'id':'B'}}"));
        for (int i = 1; i < 5; i++) {
            all.add("{'ocid':'" + i + "','bids':{'details':[{'status':'valid','tenderers':[{'id':'W" + (i + 1)
                    + "'}]}]},'buyer':{'id':'" + i + "'}}");
        }
        assertEquals(List.of("R038 BUYER B 0.5"), flags(all.toArray(String[]::new)));
    }

    @Test
    void aSupplierOfEverythingIsR048() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String second = i == 0 ? ",{'classification':{'id':'11000000'}}" : "";
            all.add("{'ocid':'" + i + "','awards':[{'status':'active','suppliers':[{'id':'S" + i
                    + "'}],'items':[{'classification':{'id':'10000000'}}" + second + "]}]}");
        }
        assertEquals(List.of("R048 TENDERER S0 2.0"), flags(all.toArray(String[]::new)));
    }

    private static String priced(String ocid, int... amounts) {
        StringBuilder bids = new StringBuilder();
        for (int i = 0; i < amounts.length; i++) {
            bids.append(i == 0 ? "" : ",").append(bid("valid", "T" + i, amounts[i]));
        }
        return "{'ocid':'" + ocid + "','bids':{'details':[" + bids + "]}}";
    }

    private static List<String> flagged(String indicator, String... releases) {
        return flags(releases).stream()
                .filter(flag -> flag.startsWith(indicator))
                .toList();
    }

    @Test
    void pricesFarApartAreR022WhereTheyLieCloserElsewhere() {
        List<String> all = new ArrayList<>(List.of(priced("F", 100, 150, 400)));
        for (int i = 0; i < 8; i++) {
            all.add(priced("" + i, 100, 107, 110 + i));
        }
        assertEquals(List.of("R022 OCID F 3.0"), flagged("R022", all.toArray(String[]::new)));
        assertEquals(List.of(), flagged("R022", all.subList(1, 9).toArray(String[]::new)));
        // Two prices tell nothing of how prices lie.
        all.set(0, priced("F", 100, 400));
        assertEquals(List.of(), flagged("R022", all.toArray(String[]::new)));
    }

    @Test
    void pricesInEqualStepsAreR023WhetherAddedOrMultiplied() {
        assertEquals(List.of("R023 OCID F 3.0"), flagged("R023", priced("F", 1000, 1050, 1100, 1150)));
        assertEquals(List.of("R023 OCID F 3.0"), flagged("R023", priced("F", 10000, 11000, 12100, 13310, 20000)));
        assertEquals(List.of(), flagged("R023", priced("F", 1000, 1050, 1101, 1150)));
        assertEquals(List.of(), flagged("R023", priced("F", 1000, 1050, 1100)));
    }

    @Test
    void pricesInDifferentCurrenciesAreNotComparedAndChooseNone() {
        String mixed = priced("F", 1000, 1050, 1100, 1150).replaceFirst("USD", "EUR");
        assertEquals(List.of(), flagged("R023", mixed));
        Indicators indicators = new Indicators(new IndicatorSettings(Map.of()));
        indicators.add(json(mixed));
        assertEquals("", indicators.currency());
    }

    @Test
    void aRatioThatTwoTenderersKeepFromTenderToTenderIsR023() {
        String[] thrice = {priced("1", 1000, 1035), priced("2", 2000, 2070), priced("3", 400, 414), priced("4", 7, 9)};
        assertEquals(
                List.of(
                        "R023 OCID 1 3.0",
                        "R023 OCID 2 3.0",
                        "R023 OCID 3 3.0",
                        "R023 TENDERER T0 3.0",
                        "R023 TENDERER T0 3.0",
                        "R023 TENDERER T0 3.0",
                        "R023 TENDERER T1 3.0",
                        "R023 TENDERER T1 3.0",
                        "R023 TENDERER T1 3.0"),
                flagged("R023", thrice));
        assertEquals(List.of(), flagged("R023", thrice[0], thrice[1], thrice[3]));
    }

    @Test
    void pricesForDifferentLotsAreNotCompared() {
        String lots = priced("F", 1000, 1050, 1100, 1150).replace("'status'", "'relatedLots':['%s'],'status'");
        assertEquals(List.of("R023 OCID F 3.0"), flagged("R023", lots.formatted("1", "1", "1", "1")));
        assertEquals(List.of(), flagged("R023", lots.formatted("1", "2", "1", "2")));
    }

    @Test
    void tenderersWhoShareAnAddressOrAContactAreR044() {
        String party = "{'id':'%s','roles':['tenderer'],'address':{'streetAddress':'%s','countryName':'CN'},"
                + "'contactPoint':{'telephone':'%s'}}";
        String release = "{'ocid':'F','parties':[%s,%s]}";
        String one = party.formatted("A", "1 Lake Road", "0571-1");
        assertEquals(
                List.of("R044 OCID F 1.0", "R044 TENDERER A 1.0", "R044 TENDERER B 1.0"),
                flags(release.formatted(one, party.formatted("B", "1 lake road ", "0571-2"))));
        assertEquals(
                List.of("R044 OCID F 1.0", "R044 TENDERER A 1.0", "R044 TENDERER B 1.0"),
                flags(release.formatted(one, party.formatted("B", "", "0571-1"))));
        assertEquals(List.of(), flags(release.formatted(one, party.formatted("B", "", ""))));
        assertEquals(List.of(), flags(release.formatted(one, one)));
        String buyer = party.formatted("B", "1 Lake Road", "").replace("'tenderer'", "'buyer'");
        assertEquals(List.of(), flags(release.formatted(one, buyer)));
    }

    private static String bought(String ocid, String day, int amount) {
        return "{'ocid':'" + ocid + "','buyer':{'id':'B'},'awards':[{'status':'active','date':'" + day
                + "T00:00:00Z','value':{'amount':" + amount
                + ",'currency':'CNY'},'items':[{'classification':{'scheme':'S','id':'07'}}]}]}";
    }

    @Test
    void purchasesBelowTheThresholdThatReachItTogetherAreR011() {
        Map<String, String> rules = Map.of("R011.threshold", "1000", "R011.days", "90", "R011.currency", "CNY");
        Indicators split = new Indicators(new IndicatorSettings(rules));
        split.add(json(bought("1", "2026-01-01", 600)));
        split.add(json(bought("2", "2026-03-01", 500)));
        split.add(json(bought("3", "2026-08-01", 500)));
        split.add(json(bought("4", "2026-03-02", 1000)));
        assertEquals(List.of("R011 BUYER B 2.0", "R011 OCID 1 2.0", "R011 OCID 2 2.0"), said(split));
        Indicators tendered = new Indicators(new IndicatorSettings(rules));
        for (String ocid : List.of("1", "2")) {
            tendered.add(json(bought(ocid, "2026-01-01", 600)
                    .replace(
                            "'buyer'",
                            "'tender':{'procurementMethod':'open'},'bids':{'details':[{'status':'valid'}]},'buyer'")));
        }
        assertEquals(List.of(), said(tendered));
        assertEquals(List.of(), flags(bought("1", "2026-01-01", 600), bought("2", "2026-01-01", 600)));
    }

    @Test
    void quartilesAreMedianUnbiased() {
        double[] five = {1, 2, 3, 4, 5};
        assertEquals(3, Fences.quantile(five, 0.5), 1e-12);
        assertEquals(1 + 2.0 / 3, Fences.quantile(five, 0.25), 1e-12);
        assertEquals(4 + 1.0 / 3, Fences.quantile(five, 0.75), 1e-12);
        assertEquals(7, Fences.quantile(new double[] {7}, 0.75), 1e-12);
    }

    /** Rings that agree on prices, among honest tenders whose prices scatter. */
    @Test
    void mostRingsAreFoundAndFewHonestTendersAccused() {
        Random random = new Random(20261127);
        Indicators indicators = new Indicators(new IndicatorSettings(Map.of()));
        Set<String> rings = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            boolean ring = i % 25 == 0;
            double winning = 100_000 + random.nextInt(900_000);
            double share = ring ? 0.001 + random.nextDouble() * 0.004 : 0.10 + random.nextDouble() * 0.10;
            if (ring) {
                rings.add("t" + i);
            }
            JsonArrayBuilder bids = Json.createArrayBuilder();
            for (int b = 0; b < 4; b++) {
                double amount =
                        b == 0 ? winning : winning * (1 + share * (1 + (b - 1) * (0.4 + 0.2 * random.nextDouble())));
                bids.add(Json.createObjectBuilder()
                        .add("status", "valid")
                        .add(
                                "tenderers",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder().add("id", "s" + i + b)))
                        .add(
                                "value",
                                Json.createObjectBuilder()
                                        .add("amount", Math.round(amount))
                                        .add("currency", "CNY")));
            }
            indicators.add(Json.createObjectBuilder()
                    .add("ocid", "t" + i)
                    .add("bids", Json.createObjectBuilder().add("details", bids))
                    .add(
                            "awards",
                            Json.createArrayBuilder()
                                    .add(Json.createObjectBuilder()
                                            .add("status", "active")
                                            .add(
                                                    "suppliers",
                                                    Json.createArrayBuilder()
                                                            .add(Json.createObjectBuilder()
                                                                    .add("id", "s" + i + "0")))))
                    .build());
        }
        Set<String> found = indicators.flags().stream()
                .filter(flag -> flag.group() == Group.OCID)
                .map(RedFlag::subject)
                .collect(Collectors.toSet());
        long hits = rings.stream().filter(found::contains).count();
        long accused = found.stream().filter(ocid -> !rings.contains(ocid)).count();
        assertTrue(hits >= rings.size() * 0.95, () -> hits + " of " + rings.size());
        assertTrue(accused <= (1000 - rings.size()) * 0.05, () -> accused + " honest ones");
    }
}
