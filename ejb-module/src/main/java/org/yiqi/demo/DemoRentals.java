package org.yiqi.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.yiqi.demo.DemoEquipment.DemoUnit;
import org.yiqi.rental.Quote;
import org.yiqi.rental.RentalState;
import org.yiqi.shared.Money;

/**
 * A year of rentals: who borrowed what from whom, and how far each has come today. What happened is told by
 * {@link DemoJourney}, what it cost by {@link DemoBilling}.
 */
final class DemoRentals {

    private static final int PAST_DAYS = 365;
    private static final int AHEAD_DAYS = 21;
    private static final String[] PURPOSES = {
        "冬季呼吸道疾病高峰期床位扩充", "本院设备大修期间替代使用", "卒中与胸痛筛查义诊", "新生儿科临时扩床", "基层医疗机构能力提升帮扶", "妇幼健康筛查项目", "手术量增加，临时补充", "体检季高峰分流"
    };
    private static final String[] PLACES = {"重症医学科 3 楼", "急诊科抢救室", "门诊楼 2 层超声室", "影像科 1 楼", "新生儿科病区", "体检中心"};

    private final Connection c;
    private final Instant now;
    private final DemoCalendar calendar;

    DemoRentals(Connection c, Instant now, DemoCalendar calendar) {
        this.c = c;
        this.now = now;
        this.calendar = calendar;
    }

    /**
     * A rental as far as it has come.
     *
     * @param returned when custody went back, the moment that is planned for it before that
     */
    record Rental(
            UUID id,
            String number,
            DemoOffers.Offer offer,
            DemoRegion.Member lessee,
            Instant created,
            Instant from,
            Instant to,
            Instant delivered,
            Instant returned,
            int uses,
            RentalState state) {

        DemoUnit unit() {
            return offer.unit();
        }

        DemoRegion.Member owner() {
            return offer.unit().owner();
        }

        Instant reservedFrom() {
            return from.minus(offer.stays() ? 0 : 2, ChronoUnit.HOURS);
        }

        Instant reservedTo() {
            return to.plus(offer.stays() ? 0 : 4, ChronoUnit.HOURS);
        }

        boolean reached(RentalState wanted) {
            return !ended() && state.compareTo(wanted) >= 0;
        }

        boolean ended() {
            return state == RentalState.REJECTED || state == RentalState.CANCELLED;
        }

        boolean isBack() {
            return reached(RentalState.LIABILITY_OPEN);
        }

        Money transport() {
            return Money.ofMinor(offer.transportCost(lessee), "CNY");
        }

        Quote quote(Duration time, int count) {
            return Quote.of(offer.terms(), time, count, transport());
        }
    }

    List<Rental> fill(List<DemoOffers.Offer> offers, DemoPast past) throws SQLException {
        List<Rental> planned = new ArrayList<>();
        for (DemoOffers.Offer offer : offers) {
            plan(offer, planned);
        }
        planned.sort(Comparator.comparing(Rental::created));
        List<String> numbers = DemoNumbers.draw(c, "rental.rental_number", "R-%06d", planned.size());
        Today today = new Today();
        List<Rental> rentals = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            Rental p = planned.get(i);
            RentalState state = today.state(p);
            Instant created = state == RentalState.UNDER_REVIEW ? today.submitted() : p.created;
            Rental rental = new Rental(
                    DemoIds.at(created, "rental", p.unit().tag() + p.from),
                    numbers.get(i),
                    p.offer,
                    p.lessee,
                    created,
                    p.from,
                    p.to,
                    p.delivered,
                    p.returned,
                    p.uses,
                    state);
            rentals.add(rental);
            keepTime(rental);
        }
        new DemoJourney(c, now, past).write(rentals);
        sendOut(rentals);
        lenders(rentals);
        return rentals;
    }

    /** One rental after the other, with days between them in which the owner uses the unit. */
    private void plan(DemoOffers.Offer offer, List<Rental> planned) {
        Random random = DemoIds.random("rentals" + offer.unit().tag());
        Instant end = now.plus(AHEAD_DAYS, ChronoUnit.DAYS);
        Instant cursor = DemoOffers.later(
                offer.since().plus(3, ChronoUnit.DAYS), now.minus(PAST_DAYS - random.nextInt(40), ChronoUnit.DAYS));
        boolean first = true;
        while (cursor.isBefore(end)) {
            LocalDate day = LocalDate.ofInstant(cursor, DemoEquipment.CHINA);
            if (offer.stays()) {
                day = day.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
            }
            Instant from = day.atTime(9, 0).atZone(DemoEquipment.CHINA).toInstant();
            Duration length =
                    offer.stays() ? Duration.ofHours(33) : Duration.ofDays(LENGTHS[random.nextInt(LENGTHS.length)]);
            Instant to = from.plus(length);
            int lateness = random.nextInt(100);
            Instant returned = lateness < 8
                    ? to.plus(3 + random.nextInt(30), ChronoUnit.HOURS)
                    : to.minus(5 + random.nextInt(170), ChronoUnit.MINUTES);
            Instant delivered = from.plus(random.nextInt(50), ChronoUnit.MINUTES);
            int uses = uses(offer, length, random);
            Instant created =
                    from.minus(2 + random.nextInt(12), ChronoUnit.DAYS).minus(random.nextInt(600), ChronoUnit.MINUTES);
            Instant latest = now.minus(30 + random.nextInt(30), ChronoUnit.HOURS);
            if (!first || created.isAfter(offer.since())) {
                planned.add(new Rental(
                        offer.id(),
                        "",
                        offer,
                        lessee(offer, random),
                        created.isAfter(latest) ? latest : created,
                        from,
                        to,
                        delivered,
                        returned,
                        uses,
                        RentalState.DRAFT));
            }
            first = false;
            cursor = to.plus(6 + random.nextInt(offer.stays() ? 40 : 75), ChronoUnit.DAYS);
        }
    }

    private static final int[] LENGTHS = {3, 5, 7, 7, 10, 14, 14, 21, 30};

    private static int uses(DemoOffers.Offer offer, Duration length, Random random) {
        if (!offer.terms().chargesUses()) {
            return 0;
        }
        return offer.stays()
                ? 28 + random.nextInt(40)
                : (int) length.toDays() * (4 + random.nextInt(9)) + random.nextInt(5);
    }

    /** Small hospitals borrow most. */
    private static DemoRegion.Member lessee(DemoOffers.Offer offer, Random random) {
        List<DemoRegion.Member> others = DemoEquipment.hospitals().stream()
                .filter(h -> !h.equals(offer.unit().owner()))
                .toList();
        for (int tries = 0; ; tries++) {
            DemoRegion.Member candidate = others.get(random.nextInt(others.size()));
            if (!candidate.level().startsWith("三级") || tries == 2) {
                return candidate;
            }
        }
    }

    private void keepTime(Rental r) {
        boolean back = r.isBack();
        Instant end = back && r.returned.isBefore(r.reservedTo())
                ? min(r.reservedTo(), r.returned.plus(Duration.between(r.to, r.reservedTo())))
                : r.reservedTo();
        DemoCalendar.Use use = new DemoCalendar.Use(
                r.unit().id(),
                r.reservedFrom(),
                end.isAfter(r.reservedFrom()) ? end : r.reservedTo(),
                "RENTAL",
                r.id,
                DemoEquipment.orgId(r.lessee),
                r.number,
                r.created);
        boolean kept =
                switch (r.state) {
                    case REJECTED, CANCELLED -> {
                        calendar.released(use);
                        yield true;
                    }
                    case DRAFT, UNDER_REVIEW -> calendar.take(use, "TENTATIVE", r.created.plus(24, ChronoUnit.HOURS));
                    default -> calendar.take(use, back ? "CONSUMED" : "BOOKED", null);
                };
        if (!kept) {
            throw new IllegalStateException("Two rentals of " + r.unit().tag() + " at one time");
        }
    }

    /** What is on its way is reserved, what a lessee holds is in use. */
    private void sendOut(List<Rental> rentals) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("update equipment.unit set status = ? where id = ?")) {
            for (Rental r : rentals) {
                if (r.reached(RentalState.DISPATCHED) && !r.isBack()) {
                    DemoEquipment.add(
                            s,
                            r.reached(RentalState.ACTIVE) ? "IN_USE" : "RESERVED",
                            r.unit().id());
                }
            }
            s.executeBatch();
        }
    }

    private void lenders(List<Rental> rentals) throws SQLException {
        Map<UUID, int[]> records = new HashMap<>();
        for (Rental r : rentals) {
            int[] record = records.computeIfAbsent(DemoEquipment.orgId(r.owner()), o -> new int[2]);
            record[0] += r.state == RentalState.CLOSED ? 1 : 0;
            record[1] += r.state == RentalState.CANCELLED && DemoJourney.cancelledByOwner(r) ? 1 : 0;
        }
        DemoTable table = new DemoTable("rental.lender_record", "org_id,finished,withdrawn");
        records.forEach((org, record) -> table.add(org, record[0], record[1]));
        table.write(c);
    }

    static String purpose(Rental r) {
        return PURPOSES[DemoIds.number("purpose" + r.id, PURPOSES.length)];
    }

    static String place(Rental r) {
        return r.offer.stays()
                ? r.owner().nameZh() + " 影像科（设备不移动）"
                : r.lessee.nameZh() + " " + PLACES[DemoIds.number("place" + r.id, PLACES.length)];
    }

    static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Decides how far each rental has come, so that every state has somebody in it. */
    private final class Today {

        private int overdue;
        private int returning;
        private int delivered;
        private int dispatched;
        private int reviewed;
        private int damaged;

        RentalState state(Rental r) {
            int luck = DemoIds.number("fate" + r.unit().tag() + r.from, 100);
            if (luck < 7 && r.from.isBefore(now.plus(5, ChronoUnit.DAYS))) {
                return luck < 3 ? RentalState.REJECTED : RentalState.CANCELLED;
            }
            if (r.from.isAfter(now)) {
                return ahead(r);
            }
            if (r.delivered.isAfter(now) || (r.from.isAfter(now.minus(4, ChronoUnit.DAYS)) && delivered < 3)) {
                delivered++;
                return RentalState.DELIVERED;
            }
            if (!r.to.isAfter(now)) {
                return over(r, luck);
            }
            return r.returned.isAfter(now) ? RentalState.ACTIVE : RentalState.RETURNING;
        }

        private RentalState ahead(Rental r) {
            if (r.from.isBefore(now.plus(6, ChronoUnit.DAYS)) && dispatched < 3) {
                dispatched++;
                return RentalState.DISPATCHED;
            }
            if (r.from.isAfter(now.plus(3, ChronoUnit.DAYS))
                    && reviewed < 9
                    && r.offer.state().equals("PUBLISHED")) {
                reviewed++;
                return RentalState.UNDER_REVIEW;
            }
            return RentalState.APPROVED;
        }

        private RentalState over(Rental r, int luck) {
            Duration since = Duration.between(r.to, now);
            if (r.returned.isAfter(now) || (since.toDays() < 5 && overdue < 4)) {
                overdue++;
                return RentalState.OVERDUE;
            }
            if (since.toDays() < 6 && returning < 2) {
                returning++;
                return RentalState.RETURNING;
            }
            if (since.toDays() < 45 && since.toDays() >= 9 && (luck > 94 || damaged == 0)) {
                damaged++;
                return RentalState.LIABILITY_OPEN;
            }
            return since.toDays() < 9 ? RentalState.SETTLING : RentalState.CLOSED;
        }

        /** The oldest application has waited for more than the promised day. */
        Instant submitted() {
            int[] hours = {26, 21, 13, 9, 6, 4, 2, 1, 1};
            return now.minus(hours[(reviewed - 1) % hours.length] * 60L + reviewed * 3L, ChronoUnit.MINUTES);
        }
    }
}
