package org.yiqi.equipment.udi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class UdiPropertyTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final DateTimeFormatter YYMMDD = DateTimeFormatter.ofPattern("uuMMdd");

    @Provide
    Arbitrary<String> gtins() {
        return Arbitraries.strings().numeric().ofLength(13).map(digits -> digits + Gs1.checkDigit(digits));
    }

    @Provide
    Arbitrary<String> lots() {
        return Arbitraries.strings()
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("-./_+")
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Arbitraries.longs()
                .between(
                        LocalDate.of(1978, 1, 1).toEpochDay(),
                        LocalDate.of(2075, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    @Provide
    Arbitrary<String> almostIdentifiers() {
        Arbitrary<String> pieces = Arbitraries.of(
                "(01)",
                "01",
                "10050428383077",
                "(11)",
                "11",
                "141231",
                "(21)",
                "\u001d",
                "+",
                "+A99",
                "$$",
                "/S",
                "=/",
                "=,",
                "=>",
                "&,1",
                "000025",
                "A9999XYZ100T0944",
                "]d2",
                "(",
                ")",
                "*",
                "%",
                "中");
        return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    }

    @Property
    void whatIsWrittenIsReadBackInBothForms(
            @ForAll("gtins") String gtin,
            @ForAll("lots") String lot,
            @ForAll("lots") String serial,
            @ForAll("days") LocalDate made,
            @ForAll("days") LocalDate expires) {
        String m = made.format(YYMMDD);
        String e = expires.format(YYMMDD);
        Udi read = Udi.parse("(01)" + gtin + "(11)" + m + "(17)" + e + "(10)" + lot + "(21)" + serial, TODAY);
        assertEquals(gtin, read.deviceIdentifier());
        assertEquals(lot, read.lot());
        assertEquals(serial, read.serial());
        assertEquals(made, read.manufactured());
        assertEquals(expires, read.expires());
        assertEquals(
                read, Udi.parse("10" + lot + "\u001d21" + serial + "\u001d01" + gtin + "11" + m + "17" + e, TODAY));
    }

    @Property
    void oneChangedDigitIsAlwaysFound(
            @ForAll("gtins") String gtin, @ForAll @IntRange(max = 13) int at, @ForAll @IntRange(max = 9) int digit) {
        Assume.that(gtin.charAt(at) - '0' != digit);
        String changed = gtin.substring(0, at) + digit + gtin.substring(at + 1);
        assertEquals(
                "equipment.udi-check-digit",
                assertThrows(UdiRefused.class, () -> Udi.parse("(01)" + changed, TODAY))
                        .code());
    }

    @Property
    void oneChangedCharacterOfHibccIsAlwaysFound(
            @ForAll("lots") String lot, @ForAll @IntRange(max = 9) int level, @ForAll @IntRange(max = 9) int other) {
        Assume.that(level != other);
        String body = "/$" + lot.replace('_', '-').replace('/', '-').replace('+', '-');
        String symbol = "+A9991234" + level + body;
        char check = Hibcc.checkCharacter(symbol) == ' ' ? '_' : Hibcc.checkCharacter(symbol);
        assertEquals("A9991234" + level, Udi.parse(symbol + check, TODAY).deviceIdentifier());
        assertThrows(UdiRefused.class, () -> Udi.parse("+A9991234" + other + body + check, TODAY));
    }

    @Property
    void anyTextIsReadOrRefusedButNeverBreaksTheReader(@ForAll String text) {
        readOrRefuse(text);
    }

    @Property(tries = 5000)
    void anythingAlmostLikeAnIdentifierIsReadOrRefused(@ForAll("almostIdentifiers") String text) {
        readOrRefuse(text);
    }

    private static void readOrRefuse(String text) {
        try {
            Udi.parse(text, TODAY);
        } catch (UdiRefused refused) {
            assertEquals("equipment.udi-", refused.code().substring(0, 14));
        }
    }
}
