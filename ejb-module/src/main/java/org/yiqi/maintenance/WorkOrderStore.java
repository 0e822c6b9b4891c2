package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.domain.Move;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.ExhibitErased;
import org.yiqi.shared.evidence.Exhibits;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** Loads and keeps work orders with what is only ever added to them: history, tests, files. */
@ApplicationScoped
class WorkOrderStore {

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Inject
    Database database;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Exhibits exhibits;

    /**
     * The order to act on.
     *
     * @param seen the version that the caller saw; null for the application's own work
     */
    WorkOrder load(UUID id, @Nullable Long seen) {
        WorkOrder order = em.find(WorkOrder.class, id);
        if (order == null) {
            throw notFound();
        }
        // A bean's methods may share one persistence context with what plain SQL changed before.
        em.refresh(order);
        if (seen != null) {
            StaleVersion.check(seen, order.version());
        }
        return order;
    }

    Optional<WorkOrder> openFor(UUID unitId, String cause) {
        return database.one(
                        "select id from maintenance.work_order where unit_id = ? and cause = ? and state not in ('RELEASED','CLOSED','CANCELLED')",
                        rs -> rs.getObject(1, UUID.class),
                        unitId,
                        cause)
                .map(id -> load(id, null));
    }

    void add(WorkOrder order) {
        em.persist(order);
        em.flush();
    }

    String nextNumber() {
        int year = clock.instant().atZone(ZoneOffset.ofHours(8)).getYear();
        return database.one("select nextval('maintenance.work_order_counter')", rs -> rs.getLong(1))
                .map(n -> String.format("WO-%d-%06d", year, n))
                .orElseThrow();
    }

    /** Writes the act into the order's history and the audit log, and the change itself at once, so that its constraints speak now. */
    WorkOrder done(WorkOrder order, Move move) {
        em.flush();
        YiqiPrincipal who = caller.find();
        step(order.id(), move, clock.instant(), who);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("number", order.number());
        details.put("state", move.to().name());
        if (!move.reason().isEmpty()) {
            details.put("reason", move.reason());
        }
        audit.write("maintenance." + move.act(), order.id().toString(), details);
        return order;
    }

    private void step(UUID order, Move move, Instant at, @Nullable YiqiPrincipal who) {
        WorkOrderState from = move.from();
        database.run(
                """
                insert into maintenance.step(id, work_order_id, at, act, from_state, to_state, org_id, person_id, person_name, reason)
                values (?,?,?,?,?,?,?,?,?,?)""",
                Ids.next(),
                order,
                at,
                move.act(),
                from == null ? null : from.name(),
                move.to(),
                who == null ? null : who.orgId(),
                who == null ? null : who.personId(),
                who == null ? "" : who.getName(),
                move.reason());
    }

    void keepTests(WorkOrder order, List<TestLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            TestLine line = lines.get(i);
            database.run(
                    """
                    insert into maintenance.test_line(id, work_order_id, round, position, code, label, measured, unit, low, high, passed)
                    values (?,?,?,?,?,?,?,?,?,?,?)""",
                    Ids.next(),
                    order.id(),
                    order.testRound(),
                    i,
                    line.code(),
                    line.label(),
                    line.measured(),
                    line.unit(),
                    line.low(),
                    line.high(),
                    line.passed());
        }
    }

    UUID keepFile(UUID order, Attachment file) {
        UUID id = Ids.next();
        byte[] content = file.content();
        YiqiPrincipal who = caller.find();
        database.run(
                "insert into maintenance.attachment(id, work_order_id, at, person_id, name, media_type, size, sha256, content) values (?,?,?,?,?,?,?,?,?)",
                id,
                order,
                clock.instant(),
                who == null ? null : who.personId(),
                file.name(),
                file.mediaType(),
                content.length,
                sha256(content),
                content);
        exhibits.submit(
                EvidenceOf.of(EvidenceKind.ATTACHMENT, id),
                who == null ? null : who.orgId(),
                Map.of(
                        "workOrder",
                        order,
                        "sha256",
                        HexFormat.of().formatHex(sha256(content)),
                        "size",
                        content.length,
                        "mediaType",
                        file.mediaType()));
        return id;
    }

    /** Its proof was erased: nothing of the file is left but that it was there. */
    void on(@Observes ExhibitErased erased) {
        if (erased.of().kind() == EvidenceKind.ATTACHMENT) {
            database.run(
                    "update maintenance.attachment set name = '-', content = '', sha256 = '', erased_at = ? where id = ?",
                    clock.instant(),
                    UUID.fromString(erased.of().ref()));
        }
    }

    WorkOrderView view(UUID id) {
        List<WorkOrderView> found = database.page(
                        WorkOrderRows.LISTING, ListQuery.all().where("id", id.toString()))
                .items();
        if (found.isEmpty()) {
            throw notFound();
        }
        return found.get(0);
    }

    List<StepView> steps(UUID order) {
        return database.all(
                "select * from maintenance.step where work_order_id = ? order by at, id",
                rs -> {
                    String from = rs.getString("from_state");
                    return new StepView(
                            rs.getObject("id", UUID.class),
                            Database.at(rs, "at"),
                            rs.getString("act"),
                            from == null ? null : WorkOrderState.valueOf(from),
                            WorkOrderState.valueOf(rs.getString("to_state")),
                            Database.id(rs, "org_id"),
                            Database.id(rs, "person_id"),
                            rs.getString("person_name"),
                            rs.getString("reason"));
                },
                order);
    }

    /** The tests of the last report. */
    List<TestLine> tests(UUID order) {
        return database.all(
                """
                select * from maintenance.test_line t where work_order_id = ?
                  and round = (select max(round) from maintenance.test_line where work_order_id = t.work_order_id) order by position""",
                rs -> new TestLine(
                        rs.getString("code"),
                        rs.getString("label"),
                        rs.getBigDecimal("measured"),
                        rs.getString("unit"),
                        rs.getBigDecimal("low"),
                        rs.getBigDecimal("high"),
                        rs.getBoolean("passed")),
                order);
    }

    List<PartUseView> parts(UUID order) {
        return database.all(
                "select * from maintenance.part_use where work_order_id = ? order by at, id",
                rs -> new PartUseView(
                        rs.getObject("id", UUID.class),
                        Database.id(rs, "part_id"),
                        Database.id(rs, "station_id"),
                        rs.getString("number"),
                        rs.getString("name_zh"),
                        rs.getString("name_en"),
                        rs.getInt("quantity"),
                        rs.getString("serial_number"),
                        rs.getString("udi"),
                        Amount.of(Money.ofMinor(rs.getLong("unit_price_minor"), rs.getString("currency"))),
                        rs.getString("state")),
                order);
    }

    List<AttachmentView> files(UUID order) {
        return database.all(
                "select id, name, media_type, size, sha256, at from maintenance.attachment where work_order_id = ? order by at, id",
                rs -> new AttachmentView(
                        rs.getObject("id", UUID.class),
                        rs.getString("name"),
                        rs.getString("media_type"),
                        rs.getInt("size"),
                        HexFormat.of().formatHex(rs.getBytes("sha256")),
                        Database.at(rs, "at")),
                order);
    }

    Attachment file(UUID order, UUID id) {
        return database.one(
                        "select name, content from maintenance.attachment where work_order_id = ? and id = ? and erased_at is null",
                        rs -> new Attachment(rs.getString("name"), rs.getBytes("content")),
                        order,
                        id)
                .orElseThrow(() -> new NotFound("maintenance.attachment-not-found", "No such file"));
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static NotFound notFound() {
        return new NotFound("maintenance.order-not-found", "No such work order");
    }
}
