package org.yiqi.equipment.udi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdiTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final String GS = "\u001d";

    private static Udi parse(String text) {
        return Udi.parse(text, TODAY);
    }

    private static void refused(String code, String text) {
        assertEquals(code, assertThrows(UdiRefused.class, () -> parse(text)).code(), text);
    }

    private static void isTheExampleOfGudid(Udi udi) {
        assertEquals(UdiIssuer.GS1, udi.issuer());
        assertEquals("10050428383077", udi.deviceIdentifier());
        assertEquals(LocalDate.of(2014, 12, 31), udi.manufactured());
        assertEquals(LocalDate.of(2015, 7, 7), udi.expires());
        assertEquals("A213B1", udi.lot());
        assertEquals("1234", udi.serial());
        assertEquals(Map.of(), udi.others());
    }

    @Test
    void gs1InParenthesesGivesModelDatesLotAndSerial() {
        isTheExampleOfGudid(parse("(01)10050428383077(11)141231(17)150707(10)A213B1(21)1234"));
    }

    @Test
    void fullWidthParenthesesOfAChineseKeyboardAreRead() {
        isTheExampleOfGudid(parse(" （01）10050428383077（11）141231（17）150707（10）A213B1（21）1234 "));
    }

    @Test
    void rawGs1EndsAVariableFieldWithFnc1AndAFixedOneWithItsLength() {
        isTheExampleOfGudid(parse("0110050428383077" + "11141231" + "17150707" + "10A213B1" + GS + "211234"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"]d2", "]C1", "]d2\u001d", "\u001d", "]Q3", "<GS>"})
    void whatAScannerPutsInFrontDoesNotMatter(String prefix) {
        isTheExampleOfGudid(parse(prefix + "01100504283830771114123117150707" + "10A213B1<GS>211234"));
    }

    @Test
    void aSeparatorAfterAFixedFieldIsTolerated() {
        isTheExampleOfGudid(
                parse("0110050428383077" + GS + "11141231" + GS + "17150707" + GS + "10A213B1" + GS + "211234"));
    }

    @Test
    void aWrongCheckDigitIsRefused() {
        refused("equipment.udi-check-digit", "(01)00208851107345");
        refused("equipment.udi-check-digit", "0100208851107345");
    }

    @Test
    void furtherIdentifiersAreKeptAsTheyStand() {
        Udi udi = parse("(01)10050428383077(240)REF-9/3(30)12(21)S(1)2(8012)4.1");
        assertEquals("S(1)2", udi.serial());
        assertEquals(Map.of("240", "REF-9/3", "30", "12", "8012", "4.1"), udi.others());
    }

    @Test
    void dayZeroMeansTheEndOfTheMonth() {
        assertEquals(
                LocalDate.of(2028, 2, 29), parse("(01)10050428383077(17)280200").expires());
    }

    @ParameterizedTest
    @CsvSource({"760101,2076-01-01", "770101,1977-01-01", "991231,1999-12-31", "000131,2000-01-31"})
    void theCenturyIsTheOneWithinFiftyYears(String entered, LocalDate meant) {
        assertEquals(meant, parse("(01)10050428383077(11)" + entered).manufactured());
    }

    @ParameterizedTest
    @ValueSource(strings = {"141331", "140231", "140001", "14123x"})
    void aDayThatDoesNotExistIsRefused(String date) {
        UdiRefused refused = assertThrows(UdiRefused.class, () -> parse("(01)10050428383077(11)" + date));
        assertEquals(date.endsWith("x") ? "equipment.udi-format" : "equipment.udi-date", refused.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "hello",
                "(01)1005042838307",
                "(01)",
                "(21)1234",
                "(01)10050428383077(21)",
                "(01)10050428383077(21)123456789012345678901",
                "(01)10050428383077(9999)1",
                "x(01)10050428383077",
                "(01)10050428383077(01)00844588018923",
                "01100504283830772",
                "(01)10050428383077(21)一二",
                "(01)１００５０４２８３８３０７７",
            })
    void whatIsNoGs1IdentifierIsRefused(String text) {
        refused("equipment.udi-format", text);
    }

    @Test
    void aBareTradeItemNumberNamesTheModel() {
        assertEquals("00844588018923", parse("00844588018923").deviceIdentifier());
        assertEquals("04006381333931", parse("4006381333931").deviceIdentifier());
        assertNull(parse("4006381333931").serial());
        refused("equipment.udi-check-digit", "4006381333932");
    }

    @Test
    void hibccInOneSymbolGivesLotSerialExpiryAndManufacture() {
        Udi udi = parse("*+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202H*");
        assertEquals(UdiIssuer.HIBCC, udi.issuer());
        assertEquals("H123PARTNO1234567890120", udi.deviceIdentifier());
        assertEquals(LocalDate.of(2020, 2, 2), udi.expires());
        assertEquals("LOT123456789012345", udi.lot());
        assertEquals("XYZ456789012345678", udi.serial());
        assertEquals(LocalDate.of(2013, 2, 2), udi.manufactured());
    }

    @Test
    void theStandardsOwnHibccExamplesAreRead() {
        Udi lot = parse("+A99912345/$$52001510X33");
        assertEquals("A99912345", lot.deviceIdentifier());
        assertEquals(LocalDate.of(2020, 1, 15), lot.expires());
        assertEquals("10X3", lot.lot());
        Udi all = parse("*+A99912345/$$52001510X3/16D20111212/S77DEFG457*");
        assertEquals("77DEFG45", all.serial());
        assertEquals(LocalDate.of(2011, 12, 12), all.manufactured());
    }

    @Test
    void aCheckCharacterThatIsASpaceSurvivesScannersAndPrinters() {
        String guarded = "+A99912340/$BBTU";
        String last = Stream.of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.".split(""))
                .filter(c -> Hibcc.checkCharacter(guarded + c) == ' ')
                .findFirst()
                .orElseThrow();
        String lot = "BBTU" + last;
        assertEquals(lot, parse(guarded + last + "_").lot());
        assertEquals(lot, parse(guarded + last + " ").lot());
        assertEquals(lot, parse("*" + guarded + last + " *").lot());
    }

    @Test
    void hibccsCheckCharacterGuardsEverything() {
        refused(
                "equipment.udi-check-digit",
                "+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012346678/16D20130202C");
    }

    @ParameterizedTest
    @CsvSource({
        "$LOT1,LOT1,,",
        "$+SN1,,SN1,",
        "$$0928LOT1,LOT1,,2028-09-30",
        "$$2093028LOT1,LOT1,,2028-09-30",
        "$$3280930LOT1,LOT1,,2028-09-30",
        "$$428093023LOT1,LOT1,,2028-09-30",
        "$$528274LOT1,LOT1,,2028-09-30",
        "$$62827423LOT1,LOT1,,2028-09-30",
        "$$7LOT1,LOT1,,",
        "$$8243280930LOT1,LOT1,,2028-09-30",
        "$$+3280930SN1,,SN1,2028-09-30",
        "$$+7SN1,,SN1,",
        "28274LOT1,LOT1,,2028-09-30",
    })
    void everyDateFormatOfHibccsSecondaryDataIsRead(String secondary, String lot, String serial, LocalDate expires) {
        String guarded = "+A99912340/" + secondary;
        Udi udi = parse(guarded + Hibcc.checkCharacter(guarded));
        assertEquals("A99912340", udi.deviceIdentifier());
        assertEquals(lot, udi.lot());
        assertEquals(serial, udi.serial());
        assertEquals(expires, udi.expires());
    }

    @Test
    void hibccInTwoSymbolsIsHeldTogetherByTheLinkCharacter() {
        String primary = "+A99912340";
        char link = Hibcc.checkCharacter(primary);
        String secondary = "+$$3280930LOT1" + link;
        String second = secondary + Hibcc.checkCharacter(secondary);
        assertEquals("LOT1", parse(primary + link + " " + second).lot());
        String other = "+$$3280930LOT1" + (link == 'X' ? 'Y' : 'X');
        refused("equipment.udi-check-digit", primary + link + " " + other + Hibcc.checkCharacter(other));
    }

    @Test
    void iccbbaGivesProductSerialDonationAndDates() {
        Udi udi = parse("=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123");
        assertEquals(UdiIssuer.ICCBBA, udi.issuer());
        assertEquals("A9999XYZ100T0944", udi.deviceIdentifier());
        assertEquals("000025", udi.serial());
        assertEquals(LocalDate.of(2014, 2, 1), udi.expires());
        assertEquals(LocalDate.of(2013, 2, 1), udi.manufactured());
        assertEquals("000000000000XYZ123", udi.lot());
        assertEquals(Map.of("=", "A99971312345600"), udi.others());
    }

    @Test
    void iccbbaNamesABloodBag() {
        Udi udi = parse("=)1TE123456A&)RZ12345678");
        assertEquals("1TE123456A", udi.deviceIdentifier());
        assertEquals("RZ12345678", udi.lot());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=/A9999XYZ100T094", "=,000025", "&?1", "=/A9999XYZ100T0944=,00002", "=/a9999xyz100t0944"})
    void whatIsNoIccbbaIdentifierIsRefused(String text) {
        refused("equipment.udi-format", text);
    }

    @Test
    void aDayOutsideTheYearIsRefused() {
        refused("equipment.udi-date", "=/A9999XYZ100T0944=>014366");
    }

    @Test
    void catalogueIdentifiersFollowTheirAgencysRule() {
        Udi.checkDeviceIdentifier(UdiIssuer.GS1, "00844588018923");
        Udi.checkDeviceIdentifier(UdiIssuer.HIBCC, "M4400192Z1");
        Udi.checkDeviceIdentifier(UdiIssuer.ICCBBA, "A9999XYZ100T0944");
        assertThrows(UdiRefused.class, () -> Udi.checkDeviceIdentifier(UdiIssuer.HIBCC, "00841523106431"));
        assertThrows(UdiRefused.class, () -> Udi.checkDeviceIdentifier(UdiIssuer.GS1, "0084458801892"));
        assertThrows(UdiRefused.class, () -> Udi.checkDeviceIdentifier(UdiIssuer.ICCBBA, "A9999"));
    }
}
