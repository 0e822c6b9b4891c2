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
                double amount = b == 0 ? winning : winning * (1 + share * (1 + (b - 1) * 0.5));
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
