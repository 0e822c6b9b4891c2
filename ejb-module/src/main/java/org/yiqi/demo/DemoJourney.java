package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.demo.DemoRentals.Rental;
import org.yiqi.ledger.HistoryImport;
import org.yiqi.ledger.NewAct;
import org.yiqi.rental.RentalState;

/** What happened in each rental, step by step, with who agreed, what was found at each handover, and the acts of custody. */
final class DemoJourney {

    private static final String[] DAMAGES = {"探头线缆外皮破损，成像有条纹", "外壳左下角裂纹，附件箱缺一只电极片", "触摸屏下缘无响应"};
    private static final String[] CHECKS = {"外观与附件", "开机自检", "性能抽测", "清洁消毒"};

    private final Connection c;
    private final Instant now;
    private final DemoPast past;
    private final DemoTable rentals = new DemoTable(
            "rental.rental",
            "id,number,state,offer_id,tariff_id,unit_id,unit_zh,unit_en,owner_org,owner_zh,owner_en,lessee_org,lessee_zh,"
                    + "lessee_en,applicant,from_at,to_at,reserved_from,reserved_to,place,purpose,planned_uses,transport_cost,"
                    + "quoted,currency,created_at,submitted_at,marks,carrier,seal,dispatched_at,delivered_at,returned_at,uses,"
                    + "damage,reason");
    private final DemoTable approvals = new DemoTable("rental.approval", "rental_id,side,org_id,person_id,at");
    private final DemoTable handovers = handoverTable();
    private final DemoTable steps =
            new DemoTable("rental.step", "id,rental_id,at,org_id,verb,from_state,to_state,note");
    private final DemoTable conditions =
            new DemoTable("rental.condition_report", "id,rental_id,moment,org_id,person_id,at,sound,checklist,note");

    DemoJourney(Connection c, Instant now, DemoPast past) {
        this.c = c;
        this.now = now;
        this.past = past;
    }

    void write(List<Rental> all) throws SQLException {
        for (Rental r : all) {
            new Journey(r).tell();
        }
        rentals.write(c);
        approvals.write(c);
        handovers.write(c);
        steps.write(c);
        conditions.write(c);
    }

    /** Handovers of today that one party has signed and the other has not: real acts, on top of what was brought in. */
    static void signToday(Connection c, HistoryImport ledger, List<Rental> all, Instant now) throws SQLException {
        DemoTable waiting = handoverTable();
        for (Rental r : all) {
            UUID owner = DemoEquipment.orgId(r.owner());
            UUID lessee = DemoEquipment.orgId(r.lessee());
            if (r.state() == RentalState.DELIVERED) {
                NewAct act = NewAct.accepted(r.unit().id(), owner, lessee, now, r.id());
                waiting.add(ledger.underWay(c, act, List.of(owner)).act().id(), r.id(), "ACCEPTED", now, null, false);
            } else if (r.state() == RentalState.RETURNING) {
                NewAct act = NewAct.returned(r.unit().id(), lessee, owner, now, r.id());
                waiting.add(ledger.underWay(c, act, List.of(lessee)).act().id(), r.id(), "RETURNED", now, null, false);
            }
        }
        waiting.write(c);
    }

    private static DemoTable handoverTable() {
        return new DemoTable("rental.handover", "act_id,rental_id,kind,proposed_at,completed_at,lapsed");
    }

    static boolean cancelledByOwner(Rental r) {
        return DemoIds.number("cancel" + r.id(), 3) == 0;
    }

    /** When the owner closed it: a few days after the unit came back. */
    static Instant closed(Rental r) {
        return r.returned().plus(20 + DemoIds.number("close" + r.id(), 110), ChronoUnit.HOURS);
    }

    static UUID person(DemoRegion.Member member, String post) {
        return DemoIds.of("person", member.key() + "." + post);
    }

    /** One rental being told. */
    private final class Journey {

        private final Rental r;
        private final UUID owner;
        private final UUID lessee;
        private RentalState at = RentalState.DRAFT;
        private Instant last;

        Journey(Rental r) {
            this.r = r;
            this.owner = DemoEquipment.orgId(r.owner());
            this.lessee = DemoEquipment.orgId(r.lessee());
            this.last = r.created();
        }

        void tell() {
            step(r.created(), lessee, "create", RentalState.DRAFT, "");
            step(r.created().plusSeconds(5), lessee, "submit", RentalState.UNDER_REVIEW, "");
            int marks = review();
            Instant dispatched =
                    DemoRentals.min(r.from().minus(100, ChronoUnit.MINUTES), now.minus(40, ChronoUnit.MINUTES));
            if (r.reached(RentalState.DISPATCHED)) {
                dispatch(dispatched);
            }
            if (r.reached(RentalState.DELIVERED)) {
                deliver();
            }
            int uses = r.reached(RentalState.ACTIVE) ? use() : 0;
            if (r.isBack()) {
                comeBack();
            }
            row(marks, dispatched, uses);
        }

        /** @return how many marks of the review clock have passed */
        private int review() {
            Duration waited = Duration.between(r.created(), now);
            boolean open = r.state() == RentalState.UNDER_REVIEW;
            int slow = DemoIds.number("slow" + r.id(), 14) == 0 && !open ? 1 : 0;
            int marks = open
                    ? (waited.toHours() >= 24 ? 3 : waited.toHours() >= 20 ? 2 : waited.toHours() >= 12 ? 1 : 0)
                    : slow;
            Instant answer =
                    r.created().plus(slow == 1 ? 800 : 40 + DemoIds.number("answer" + r.id(), 500), ChronoUnit.MINUTES);
            if (open && DemoIds.number("half" + r.id(), 2) == 0 && answer.isBefore(now)) {
                agree("OWNER", owner, person(r.owner(), "equipment"), answer, RentalState.UNDER_REVIEW);
            }
            int[] hours = {12, 20, 24};
            for (int i = 0; i < marks; i++) {
                step(
                        r.created().plus(hours[i], ChronoUnit.HOURS),
                        null,
                        i == 2 ? "SLA_BREACHED" : "escalate",
                        at,
                        "" + hours[i]);
            }
            if (open) {
                return marks;
            }
            UUID platform = DemoIds.of("org", "platform");
            if (r.state() == RentalState.REJECTED) {
                step(answer, owner, "reject", RentalState.REJECTED, reason());
                return marks;
            }
            agree("OWNER", owner, person(r.owner(), "equipment"), answer, RentalState.UNDER_REVIEW);
            Instant second = answer.plus(20 + DemoIds.number("platform" + r.id(), 150), ChronoUnit.MINUTES);
            agree("PLATFORM", platform, DemoIds.of("person", "platform.operator"), second, RentalState.APPROVED);
            if (r.state() == RentalState.CANCELLED) {
                step(
                        second.plus(3, ChronoUnit.HOURS),
                        cancelledByOwner(r) ? owner : lessee,
                        "cancel",
                        RentalState.CANCELLED,
                        reason());
            }
            return marks;
        }

        private void agree(String side, UUID org, UUID person, Instant when, RentalState next) {
            approvals.add(r.id(), side, org, person, when);
            step(when, org, "approve", next, side);
        }

        private void dispatch(Instant when) {
            UUID act = DemoIds.of("offered", r.id().toString());
            past.offered(r.unit().id(), owner, lessee, act, when);
            past.moved(r.unit().id(), owner, r.id(), when, "AVAILABLE", "RESERVED");
            handovers.add(act, r.id(), "OFFERED", when, when, false);
            step(when, owner, "dispatch", RentalState.DISPATCHED, carrier());
            step(when.plusMillis(500), null, "offered", at, "");
            condition("DISPATCH", owner, person(r.owner(), "equipment"), when.minus(20, ChronoUnit.MINUTES), true);
            if (!r.isBack()) {
                past.shown(r.unit().id(), lessee, r.id(), owner, when);
            }
        }

        private void deliver() {
            boolean signed = r.reached(RentalState.ACTIVE);
            Instant when = signed ? r.delivered() : now.minusSeconds(90);
            step(when.minusSeconds(signed ? 240 : 0), owner, "deliver", RentalState.DELIVERED, "");
            if (signed) {
                UUID act = DemoIds.of("accepted", r.id().toString());
                past.passed("custody.accepted", r.unit().id(), owner, lessee, act, when);
                past.moved(r.unit().id(), lessee, r.id(), when, "RESERVED", "IN_USE");
                handovers.add(act, r.id(), "ACCEPTED", when.minusSeconds(240), when, false);
                condition("DELIVERY", lessee, person(r.lessee(), "equipment"), when.minus(8, ChronoUnit.MINUTES), true);
                step(when, null, "confirm-delivery", RentalState.ACTIVE, "");
            }
        }

        /** @return how often it was used so far */
        private int use() {
            boolean running = r.state() == RentalState.ACTIVE || r.state() == RentalState.OVERDUE;
            boolean late = r.isBack() ? r.returned().isAfter(r.to()) : r.state() == RentalState.OVERDUE;
            if (running && r.uses() > 0) {
                double share = (double) Duration.between(r.from(), now).toMinutes()
                        / Duration.between(r.from(), r.to()).toMinutes();
                int uses = (int) (r.uses() * Math.min(1, share));
                step(
                        DemoOffers.later(last.plusSeconds(60), now.minus(55, ChronoUnit.MINUTES)),
                        lessee,
                        "uses",
                        at,
                        "" + uses);
                if (late) {
                    step(DemoOffers.later(last.plusSeconds(1), r.to()), null, "overdue", RentalState.OVERDUE, "");
                }
                return uses;
            }
            if (late) {
                step(r.to(), null, "overdue", RentalState.OVERDUE, "");
            }
            if (r.reached(RentalState.RETURNING)) {
                Instant when = r.isBack() ? r.returned().minus(25, ChronoUnit.MINUTES) : now.minusSeconds(60);
                step(when, lessee, "uses", at, "" + r.uses());
                step(when.plusMillis(20), lessee, "return", RentalState.RETURNING, "");
                condition("RETURN", lessee, person(r.lessee(), "equipment"), when, true);
                return r.uses();
            }
            return 0;
        }

        private void comeBack() {
            UUID act = DemoIds.of("returned", r.id().toString());
            past.passed("custody.returned", r.unit().id(), lessee, owner, act, r.returned());
            past.moved(r.unit().id(), owner, r.id(), r.returned(), "IN_USE", "AVAILABLE");
            handovers.add(act, r.id(), "RETURNED", r.returned().minus(25, ChronoUnit.MINUTES), r.returned(), false);
            boolean damaged = r.state() == RentalState.LIABILITY_OPEN;
            condition(
                    "INSPECTION",
                    owner,
                    person(r.owner(), "equipment"),
                    r.returned().minusSeconds(180),
                    !damaged);
            step(r.returned(), null, "inspect", damaged ? RentalState.LIABILITY_OPEN : RentalState.SETTLING, damage());
            if (r.state() == RentalState.CLOSED) {
                step(closed(r), owner, "close", RentalState.CLOSED, "");
            }
        }

        private void row(int marks, Instant dispatched, int uses) {
            boolean sent = r.reached(RentalState.DISPATCHED);
            int planned = r.uses() == 0 ? 0 : Math.max(10, r.uses() / 10 * 10);
            boolean doctor = DemoIds.number("applicant" + r.id(), 2) == 0;
            rentals.add(
                    r.id(),
                    r.number(),
                    r.state(),
                    r.offer().id(),
                    r.offer().tariff(),
                    r.unit().id(),
                    r.unit().model().nameZh(),
                    r.unit().model().nameEn(),
                    owner,
                    r.owner().nameZh(),
                    r.owner().nameEn(),
                    lessee,
                    r.lessee().nameZh(),
                    r.lessee().nameEn(),
                    person(r.lessee(), doctor ? "doctor" : "equipment"),
                    r.from(),
                    r.to(),
                    r.reservedFrom(),
                    r.reservedTo(),
                    DemoRentals.place(r),
                    DemoRentals.purpose(r),
                    planned,
                    r.transport().minor(),
                    r.quote(Duration.between(r.from(), r.to()), planned).total().minor(),
                    "CNY",
                    r.created(),
                    r.created().plusSeconds(5),
                    marks,
                    sent ? carrier() : "",
                    sent && !r.offer().stays() ? "YQ" + DemoIds.number("seal" + r.id(), 1_000_000) : "",
                    sent ? dispatched : null,
                    r.reached(RentalState.ACTIVE) ? r.delivered() : null,
                    r.isBack() ? r.returned() : null,
                    uses,
                    damage(),
                    r.ended() ? reason() : "");
        }

        private String carrier() {
            return r.offer().stays() ? "承租方自行前往" : "安捷医疗物流";
        }

        private String damage() {
            return r.state() == RentalState.LIABILITY_OPEN
                    ? DAMAGES[DemoIds.number("damage" + r.id(), DAMAGES.length)]
                    : "";
        }

        private String reason() {
            return r.state() == RentalState.REJECTED
                    ? "该时段已安排本院使用，请改期"
                    : cancelledByOwner(r) ? "设备临时故障，无法按期交付" : "项目延期，暂不需要";
        }

        private void condition(String moment, UUID org, UUID person, Instant when, boolean sound) {
            StringBuilder list = new StringBuilder("[");
            for (int i = 0; i < CHECKS.length; i++) {
                boolean good = sound || i != 0;
                list.append(i == 0 ? "" : ",")
                        .append("{\"item\":\"")
                        .append(CHECKS[i])
                        .append("\",\"good\":")
                        .append(good)
                        .append(",\"note\":\"")
                        .append(good ? "" : damage())
                        .append("\"}");
            }
            conditions.add(
                    DemoIds.at(when, "condition", moment + r.id()),
                    r.id(),
                    moment,
                    org,
                    person,
                    when,
                    sound,
                    list.append(']'),
                    sound ? "" : damage());
        }

        /** Steps sort by their id, so each comes a little after the one before. */
        private void step(Instant wished, @Nullable UUID org, String verb, RentalState next, String note) {
            Instant when = wished.isAfter(last) ? wished : last.plusMillis(1);
            steps.add(DemoIds.at(when, "step", verb + note + r.id()), r.id(), when, org, verb, at, next, note);
            at = next;
            last = when;
        }
    }
}
