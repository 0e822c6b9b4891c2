package org.yiqi.oversight;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Secured;

/**
 * What anybody may read of supervision over a period of days, both of them counted: without people, without anybody's devices, without
 * what a case says in words. The regulator's report says the same on paper.
 */
@Stateless
@Secured
@PermitAll
public class OpenData {

    @Inject
    Sql sql;

    @Inject
    AuditLog audit;

    /** Recalls that were issued, the newest first. */
    public List<OpenRecall> recalls(OpenPeriod period) {
        return rows(
                "open_recalls",
                rs -> new OpenRecall(
                        rs.getString("number"),
                        rs.getString("title"),
                        rs.getString("recall_class"),
                        rs.getString("authority_zh"),
                        rs.getString("authority_en"),
                        rs.getString("name_zh"),
                        rs.getString("name_en"),
                        rs.getString("manufacturer"),
                        rs.getString("device_identifier"),
                        rs.getString("lot"),
                        rs.getString("serial_from"),
                        rs.getString("serial_to"),
                        rs.getString("state"),
                        rs.getTimestamp("issued_at").toInstant(),
                        Sql.instant(rs, "lifted_at"),
                        rs.getLong("units"),
                        rs.getLong("held"),
                        rs.getLong("told"),
                        rs.getLong("confirmed"),
                        rs.getLong("in_time")),
                period);
    }

    /** Decisions, the newest first; who is sanctioned is named. */
    public List<OpenDecision> decisions(OpenPeriod period) {
        return rows(
                "open_decisions",
                rs -> new OpenDecision(
                        rs.getString("number"),
                        rs.getString("kind"),
                        rs.getString("authority_zh"),
                        rs.getString("authority_en"),
                        rs.getInt("joint"),
                        rs.getTimestamp("decided_at").toInstant(),
                        rs.getString("decision"),
                        rs.getString("sanction"),
                        rs.getString("concerned_zh"),
                        rs.getString("concerned_en"),
                        rs.getString("name_zh"),
                        rs.getString("name_en"),
                        rs.getString("state")),
                period);
    }

    /** Adverse events that somebody knew of in the period. */
    public List<OpenAdverseEvents> adverseEvents(OpenPeriod period) {
        return rows(
                "open_adverse_events",
                rs -> new OpenAdverseEvents(
                        rs.getString("harm"),
                        rs.getString("device_class"),
                        rs.getLong("events"),
                        rs.getLong("duties"),
                        rs.getLong("in_time"),
                        rs.getLong("late"),
                        rs.getLong("overdue"),
                        rs.getLong("assessed")),
                period);
    }

    /** Inspections that were drawn, by class of risk, the newest first. */
    public List<OpenInspection> inspections(OpenPeriod period) {
        return rows(
                "open_inspections",
                rs -> new OpenInspection(
                        rs.getString("number"),
                        rs.getString("title"),
                        rs.getString("authority_zh"),
                        rs.getString("authority_en"),
                        rs.getString("region"),
                        rs.getString("category"),
                        rs.getTimestamp("drawn_at").toInstant(),
                        rs.getObject("due_on", LocalDate.class),
                        rs.getString("device_class"),
                        rs.getInt("population"),
                        rs.getInt("sample_size"),
                        rs.getLong("inspected"),
                        rs.getLong("conforming"),
                        rs.getLong("findings"),
                        rs.getLong("missing"),
                        rs.getString("commitment"),
                        rs.getString("seed"),
                        rs.getString("word")),
                period);
    }

    /** Cases that were opened, by kind. */
    public List<OpenCases> cases(OpenPeriod period) {
        return rows(
                "open_cases",
                rs -> new OpenCases(
                        rs.getString("kind"), rs.getLong("opened"), rs.getLong("closed"), rs.getLong("joint")),
                period);
    }

    /**
     * The report on a period as a PDF.
     *
     * @param language {@code zh} or {@code en}
     */
    @RolesAllowed(Roles.REGULATOR)
    public byte[] report(OpenPeriod period, String language) {
        byte[] pdf = new OversightPdf(language, period)
                .cases(cases(period))
                .decisions(decisions(period))
                .recalls(recalls(period))
                .adverseEvents(adverseEvents(period))
                .inspections(inspections(period))
                .bytes();
        audit.write("oversight.report-made", period.first() + "/" + period.last(), Map.of("language", language));
        return pdf;
    }

    private <T> List<T> rows(String function, Sql.Row<T> row, OpenPeriod period) {
        period.requireSound();
        return sql.list(
                "select * from oversight." + function + "(?, ?)",
                row,
                Timestamp.from(period.begins()),
                Timestamp.from(period.ends()));
    }
}
