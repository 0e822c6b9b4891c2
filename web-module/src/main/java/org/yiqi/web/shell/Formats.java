package org.yiqi.web.shell;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * Dates, money and numbers as people read them: {@code #{fmt.dateTime(x)}}. Instants are shown in the platform's zone, whatever the
 * zone of the server or of the browser. A null gives an empty text.
 */
@Named("fmt")
@ApplicationScoped
public class Formats {

    /** Business days and legal clocks run here. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '(UTC'xxx')'");

    private Clock clock;
    private Language language;
    private Texts texts;

    /** For the container's proxy. */
    protected Formats() {}

    @Inject
    public Formats(Clock clock, Language language, Texts texts) {
        this.clock = clock;
        this.language = language;
        this.texts = texts;
    }

    /** The server's time, for pages that count down by it. */
    public String getNow() {
        return clock.instant().toString();
    }

    /** Today in the platform's zone, written out with its weekday. */
    public String getToday() {
        String pattern = language.get() == Lang.ZH ? "M 月 d 日 EEEE" : "EEEE, d MMMM";
        return ZonedDateTime.now(clock.withZone(ZONE)).format(DateTimeFormatter.ofPattern(pattern, locale()));
    }

    public String date(@Nullable Object value) {
        if (value instanceof LocalDate day) {
            return DATE.format(day);
        }
        ZonedDateTime at = local(value);
        return at == null ? "" : DATE.format(at);
    }

    public String time(@Nullable Object value) {
        ZonedDateTime at = local(value);
        return at == null ? "" : TIME.format(at);
    }

    public String dateTime(@Nullable Object value) {
        ZonedDateTime at = local(value);
        return at == null ? "" : DATE_TIME.format(at);
    }

    /** To the second, naming the offset: what a tooltip or a proof shows. */
    public String exact(@Nullable Object value) {
        ZonedDateTime at = local(value);
        return at == null ? "" : EXACT.format(at);
    }

    /** For {@code <time datetime>}. */
    public String iso(@Nullable Object value) {
        if (value instanceof LocalDate day) {
            return day.toString();
        }
        ZonedDateTime at = local(value);
        return at == null ? "" : at.toInstant().toString();
    }

    public String period(@Nullable Object from, @Nullable Object to) {
        ZonedDateTime start = local(from);
        ZonedDateTime end = local(to);
        if (start == null || end == null) {
            return (dateTime(from) + " – " + dateTime(to)).strip();
        }
        boolean sameDay = start.toLocalDate().equals(end.toLocalDate());
        return DATE_TIME.format(start) + " – " + (sameDay ? TIME : DATE_TIME).format(end);
    }

    /** "3 min ago", "in 2 h"; beyond a week the date. */
    public String age(@Nullable Object value) {
        ZonedDateTime at = local(value);
        if (at == null) {
            return "";
        }
        Duration past = Duration.between(at.toInstant(), clock.instant());
        Duration distance = past.abs();
        if (distance.compareTo(Duration.ofDays(7)) > 0) {
            return date(at);
        }
        if (distance.compareTo(Duration.ofMinutes(1)) < 0) {
            return texts.get("shell.age.now");
        }
        return texts.format(past.isNegative() ? "shell.age.in" : "shell.age.ago", roughly(distance));
    }

    /** "1 h 12 min". */
    public String duration(@Nullable Duration duration) {
        if (duration == null) {
            return "";
        }
        long hours = duration.toHours();
        if (hours >= 48) {
            return texts.format("shell.unit.d", duration.toDays()) + " " + texts.format("shell.unit.h", hours % 24);
        }
        return hours == 0
                ? texts.format("shell.unit.m", duration.toMinutes())
                : texts.format("shell.unit.h", hours) + " " + texts.format("shell.unit.m", duration.toMinutesPart());
    }

    private String roughly(Duration distance) {
        if (distance.toHours() < 1) {
            return texts.format("shell.unit.m", distance.toMinutes());
        }
        return distance.toDays() < 1
                ? texts.format("shell.unit.h", distance.toHours())
                : texts.format("shell.unit.d", distance.toDays());
    }

    public String money(@Nullable Money money) {
        return money == null ? "" : amount(money.amount(), money.currency());
    }

    /** Minor units (fen, cents) with their ISO 4217 currency. */
    public String minor(long minor, String currency) {
        return amount(BigDecimal.valueOf(minor, 2), currency);
    }

    public String amount(@Nullable BigDecimal amount, String currency) {
        if (amount == null) {
            return "";
        }
        NumberFormat format = NumberFormat.getCurrencyInstance(locale());
        format.setCurrency(Currency.getInstance(currency));
        format.setMinimumFractionDigits(2);
        return format.format(amount);
    }

    public String number(@Nullable Number value) {
        return value == null ? "" : NumberFormat.getNumberInstance(locale()).format(value);
    }

    /** A share of one as a percentage with one decimal. */
    public String percent(@Nullable Number share) {
        if (share == null) {
            return "";
        }
        NumberFormat format = NumberFormat.getPercentInstance(locale());
        format.setMaximumFractionDigits(1);
        return format.format(share.doubleValue());
    }

    public String bytes(long size) {
        if (size < 1024) {
            return size + " B";
        }
        NumberFormat format = NumberFormat.getNumberInstance(locale());
        format.setMaximumFractionDigits(1);
        return size < 1024 * 1024
                ? format.format(size / 1024.0) + " KB"
                : format.format(size / (1024.0 * 1024)) + " MB";
    }

    private Locale locale() {
        return language.getLocale();
    }

    private static @Nullable ZonedDateTime local(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant.atZone(ZONE);
        }
        if (value instanceof OffsetDateTime offset) {
            return offset.atZoneSameInstant(ZONE);
        }
        if (value instanceof ZonedDateTime zoned) {
            return zoned.withZoneSameInstant(ZONE);
        }
        return null;
    }
}
