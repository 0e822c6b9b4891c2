package org.yiqi.organisation.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109L);
    private static final long STEP = 1_111_111_109L / Totp.STEP_SECONDS;

    /** RFC 6238, appendix B, of whose eight digits an authenticator shows the last six. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void givesTheCodesOfTheStandard(long second, String code) {
        assertEquals(code.substring(2), Totp.code(SECRET, second / Totp.STEP_SECONDS));
    }

    /** RFC 4648, section 10, without the padding. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void writesSecretsAsTheStandardDoes(String text, String base32) {
        assertEquals(base32, Totp.base32(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void toleratesAClockThatIsOneStepOffAndNoMore() {
        assertEquals(OptionalLong.of(STEP - 1), Totp.match(SECRET, Totp.code(SECRET, STEP - 1), NOW, 0));
        assertEquals(OptionalLong.of(STEP + 1), Totp.match(SECRET, Totp.code(SECRET, STEP + 1), NOW, 0));
        assertTrue(Totp.match(SECRET, Totp.code(SECRET, STEP - 2), NOW, 0).isEmpty());
        assertTrue(Totp.match(SECRET, Totp.code(SECRET, STEP + 2), NOW, 0).isEmpty());
    }

    @Test
    void aCodeIsGoodOnce() {
        assertTrue(Totp.match(SECRET, Totp.code(SECRET, STEP), NOW, STEP).isEmpty());
    }

    @Test
    void refusesWhatIsNotSixDigits() {
        assertTrue(Totp.match(SECRET, "", NOW, 0).isEmpty());
        assertTrue(Totp.match(SECRET, "12345", NOW, 0).isEmpty());
        assertTrue(Totp.match(SECRET, "１２３４５６", NOW, 0).isEmpty());
    }
}
