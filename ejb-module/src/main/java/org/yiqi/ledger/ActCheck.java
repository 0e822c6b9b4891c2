package org.yiqi.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.yiqi.contract.Party;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;

/** The acts' rows, and the state that was made of the acts, against the journal. */
final class ActCheck {

    private final Comparison run;

    private ActCheck(Comparison run) {
        this.run = run;
    }

    static void run(Comparison run) throws SQLException {
        ActCheck check = new ActCheck(run);
        check.acts();
        check.missingActs();
        check.state();
    }

    private void acts() throws SQLException {
        run.query(
                """
                select a.id, a.type, a.subject, a.occurred_at, a.previous, a.digest, a.document, a.orgs, a.state,
                  a.journal_position, a.block, a.transaction_id, j.document journal, j.position, j.block journal_block,
                  j.transaction_id journal_transaction
                from ledger.act a left join ledger.journal j on j.act_id = a.id
                where (a.state = 'RECORDED' or j.position is not null) and %s""".formatted(run.wanted("a", "coalesce(j.subject, a.subject)")),
                rs -> {
                    String row = rs.getString("id");
                    String subject = rs.getString("subject");
                    String journal = rs.getString("journal");
                    if (journal == null) {
                        run.add(new Finding(
                                Finding.Kind.ROW_UNKNOWN,
                                "ledger.act",
                                row,
                                "state",
                                "a line of the journal",
                                "RECORDED",
                                subject));
                        return;
                    }
                    SignedAct signed = run.parsed("ledger.journal", rs.getString("position"), journal, subject);
                    if (signed == null) {
                        return;
                    }
                    run.differs("ledger.act", row, "document", journal, rs.getString("document"), subject);
                    run.differs("ledger.act", row, "state", "RECORDED", rs.getString("state"), subject);
                    run.differs("ledger.act", row, "type", signed.act().type(), rs.getString("type"), subject);
                    run.differs(
                            "ledger.act", row, "subject", signed.act().subject().toString(), subject, subject);
                    run.differs("ledger.act", row, "digest", signed.act().digest(), rs.getString("digest"), subject);
                    run.differs(
                            "ledger.act", row, "previous", signed.act().previous(), rs.getString("previous"), subject);
                    run.differs(
                            "ledger.act",
                            row,
                            "occurred_at",
                            signed.act().occurredAt().toString(),
                            rs.getTimestamp("occurred_at").toInstant().toString(),
                            subject);
                    run.differs(
                            "ledger.act",
                            row,
                            "journal_position",
                            rs.getString("position"),
                            rs.getString("journal_position"),
                            subject);
                    run.differs(
                            "ledger.act", row, "block", rs.getString("journal_block"), rs.getString("block"), subject);
                    run.differs(
                            "ledger.act",
                            row,
                            "transaction_id",
                            rs.getString("journal_transaction"),
                            rs.getString("transaction_id"),
                            subject);
                    run.differs(
                            "ledger.act",
                            row,
                            "orgs",
                            orgs(signed),
                            sorted((Object[]) rs.getArray("orgs").getArray()),
                            subject);
                },
                run.bound(),
                run.bound());
    }

    private static String orgs(SignedAct signed) {
        List<Object> orgs = new ArrayList<>();
        signed.act().parties().stream().map(Party::org).forEach(orgs::add);
        if (signed.act().subject().kind() == Subject.Kind.ORGANISATION) {
            orgs.add(signed.act().subject().id());
        }
        return sorted(orgs.toArray());
    }

    private static String sorted(Object[] ids) {
        TreeSet<String> sorted = new TreeSet<>();
        for (Object id : ids) {
            sorted.add(String.valueOf(id));
        }
        return sorted.toString();
    }

    private void missingActs() throws SQLException {
        run.query(
                """
                select j.act_id, j.subject, j.position from ledger.journal j
                where (j.subject = ? or cast(? as text) is null
                    and (select count(*) from ledger.journal where act_id is not null)
                     <> (select count(*) from ledger.act where state = 'RECORDED'))
                  and j.act_id is not null and not exists (select 1 from ledger.act a where a.id = j.act_id)""",
                rs -> run.add(Finding.missing(
                        "ledger.act",
                        rs.getString("act_id"),
                        "the act of journal line " + rs.getString("position"),
                        rs.getString("subject"))),
                run.only(),
                run.only());
    }

    private void state() throws SQLException {
        run.query(
                """
                select s.key, s.value, j.document, j.subject from ledger.state s
                left join ledger.journal j on j.act_id = cast(substr(s.key, 5) as uuid)
                where s.key like 'act/%%' and %s""".formatted(run.wanted("s", "j.subject")),
                rs -> run.differs(
                        "ledger.state",
                        rs.getString("key"),
                        "value",
                        Objects.requireNonNullElse(rs.getString("document"), ""),
                        rs.getString("value"),
                        Objects.requireNonNullElse(rs.getString("subject"), "")),
                run.bound(),
                run.bound());
        run.query(
                """
                select s.key, s.value, j.document, j.subject, l.length from ledger.state s
                left join lateral (select document, subject, position from ledger.journal
                  where subject = substr(s.key, 6) order by position desc limit 1) j on true
                left join lateral (select count(*) length from ledger.journal where subject = substr(s.key, 6)) l on true
                where s.key like 'head/%%' and %s""".formatted(run.wanted("s", "substr(s.key, 6)")),
                rs -> {
                    String document = Objects.requireNonNullElse(rs.getString("document"), "");
                    String subject = Objects.requireNonNullElse(rs.getString("subject"), "");
                    SignedAct last = run.parsed("ledger.state", rs.getString("key"), document, subject);
                    if (last != null) {
                        run.differs(
                                "ledger.state",
                                rs.getString("key"),
                                "value",
                                last.act().digest(),
                                SubjectHeads.digest(rs.getString("value")),
                                subject);
                    }
                },
                run.bound(),
                run.bound());
        run.query(
                """
                select s.key, s.value, 'custody:' || substr(s.key, 6) subject,
                  array(select document from ledger.journal where subject = 'custody:' || substr(s.key, 6) order by position) acts
                from ledger.state s where s.key like 'unit/%%' and %s""".formatted(run.wanted("s", "'custody:' || substr(s.key, 6)")),
                rs -> run.differs(
                        "ledger.state",
                        rs.getString("key"),
                        "value",
                        SubjectHeads.custodian((String[]) rs.getArray("acts").getArray()),
                        SubjectHeads.custodianOf(rs.getString("value")),
                        rs.getString("subject")),
                run.bound(),
                run.bound());
    }
}
