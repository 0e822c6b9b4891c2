package org.yiqi.web.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Money;

class FormatsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T16:30:00Z");

    private static Formats in(Lang lang) {
        Language language = new Language() {
            @Override
            public Lang get() {
                return lang;
            }
        };
        return new Formats(Clock.fixed(NOW, ZoneOffset.UTC), language, new Texts(language));
    }

    private final Formats en = in(Lang.EN);
    private final Formats zh = in(Lang.ZH);

    @Test
    void anInstantIsShownInBeijingTimeWhateverTheServersZone() {
        assertEquals("2026-11-23", en.date(NOW));
        assertEquals("2026-11-23 00:30", en.dateTime(NOW));
        assertEquals("2026-11-23 00:30:00 (UTC+08:00)", en.exact(NOW));
        assertEquals("2026-11-22T16:30:00Z", en.iso(NOW));
    }

    @Test
    void aDayStaysThatDay() {
        assertEquals("2026-02-28", en.date(LocalDate.of(2026, 2, 28)));
    }

    @Test
    void aPeriodWithinADayNamesTheDayOnce() {
        assertEquals("2026-11-23 00:30 – 02:30", en.period(NOW, NOW.plus(Duration.ofHours(2))));
        assertEquals("2026-11-23 00:30 – 2026-11-24 00:30", en.period(NOW, NOW.plus(Duration.ofDays(1))));
    }

    @Test
    void anAgeIsSaidAsPeopleSayIt() {
        assertEquals("just now", en.age(NOW.minusSeconds(20)));
        assertEquals("3 min ago", en.age(NOW.minusSeconds(200)));
        assertEquals("3 分钟前", zh.age(NOW.minusSeconds(200)));
        assertEquals("in 2 h", en.age(NOW.plus(Duration.ofMinutes(150))));
        assertEquals("2026-10-24", en.age(NOW.minus(Duration.ofDays(30))));
    }

    @Test
    void moneyCarriesItsCurrency() {
        assertEquals("¥1,234.50", zh.money(Money.cny("1234.50")));
        assertEquals("CN¥1,234.50", en.money(Money.cny("1234.50")));
        assertEquals("CN¥0.01", en.minor(1, "CNY"));
        assertEquals("-¥3.00", zh.amount(new BigDecimal("-3"), "CNY"));
    }

    @Test
    void nothingIsShownForNothing() {
        assertEquals("", en.date(null));
        assertEquals("", en.age(null));
        assertEquals("", en.duration(null));
        assertEquals("", en.money(null));
        assertEquals("", en.percent(null));
    }

    @Test
    void aDurationHasTwoUnitsAtMost() {
        assertEquals("12 min", en.duration(Duration.ofMinutes(12)));
        assertEquals("1 h 12 min", en.duration(Duration.ofMinutes(72)));
        assertEquals("3 d 1 h", en.duration(Duration.ofHours(73)));
    }

    @Test
    void sharesAndSizesAreRounded() {
        assertEquals("97.4%", en.percent(0.9741));
        assertEquals("900 B", en.bytes(900));
        assertEquals("1.5 KB", en.bytes(1536));
        assertEquals("2 MB", en.bytes(2 * 1024 * 1024));
    }
}
