package org.yiqi.oversight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.Finding;
import org.yiqi.ledger.LedgerCheck;

/**
 * Compares who bears a damage in the business tables with the ledger. Covered: the shares of {@code rental.liability_share} of
 * the split that stands. A case whose acts are still on their way is left out until they are recorded.
 */
final class LiabilityCheck {

    private static final String CASES = """
            select substr(s.key, 11) id, l.id::text found_id,
              (select string_agg((x ->> 'org') || ' ' || (x ->> 'share'), ', ' order by x ->> 'org')
                 from jsonb_array_elements(s.value::jsonb -> 'shares') x) expected,
              (select string_agg(h.org_id || ' ' || h.numerator || '/' || h.denominator, ', ' order by h.org_id::text)
                 from rental.liability_share h where h.proposal_id = (select p.id from rental.liability_proposal p
                   where p.liability_id = l.id and p.state = 'STANDS' order by p.at desc, p.id desc limit 1)) found
            from ledger.state s left join rental.liability l on l.id = cast(substr(s.key, 11) as uuid)
            where s.key like 'liability/%%' and s.value::jsonb ->> 'step' <> 'OPENED' and (%s or exists (
                select 1 from rental.liability_proposal p join rental.liability_share h on h.proposal_id = p.id
                where p.liability_id = l.id and %s))
              and not exists (select 1 from ledger.act a where a.subject = 'liability:' || substr(s.key, 11)
                and a.state in ('PENDING', 'REJECTED'))""".formatted(LedgerCheck.writtenSince("s"), LedgerCheck.writtenSince("h"));

    private LiabilityCheck() {}

    /** Cases of which the ledger's side was written since, and those whose shares were; or everything. */
    static List<Finding> run(Connection c, @Nullable String since) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement(CASES)) {
            for (int i = 1; i <= 4; i++) {
                s.setString(i, since);
            }
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    compare(rs, findings);
                }
            }
        }
        return findings;
    }

    private static void compare(ResultSet rs, List<Finding> findings) throws SQLException {
        String id = rs.getString("id");
        String expected = rs.getString("expected");
        String found = rs.getString("found");
        if (rs.getString("found_id") == null) {
            findings.add(new Finding(
                    Finding.Kind.ROW_MISSING,
                    "rental.liability",
                    id,
                    "",
                    "a case that is on the ledger",
                    "",
                    "liability:" + id));
        } else if (!Objects.equals(expected, found)) {
            findings.add(new Finding(
                    Finding.Kind.ROW_CHANGED,
                    "rental.liability_share",
                    id,
                    "share",
                    String.valueOf(expected),
                    String.valueOf(found),
                    "liability:" + id));
        }
    }
}
