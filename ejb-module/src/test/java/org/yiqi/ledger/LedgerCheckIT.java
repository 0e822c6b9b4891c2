package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.shared.Ids;

class LedgerCheckIT {

    @TempDir
    Path dataDir;

    private final LedgerFixture ledger = new LedgerFixture();
    private final UUID unit = Ids.next();
    private UUID act;
    private LedgerCheck check;

    @BeforeEach
    void aUnitThatIsRecordedAndAFirstPass() throws SQLException {
        UUID owner = ledger.db.organisation("HOSPITAL");
        UUID lessee = ledger.db.organisation("HOSPITAL");
        ledger.relayAll(dataDir);
        act = ledger.write(NewAct.registered(unit, owner, LedgerFixture.now()));
        ledger.write(NewAct.accepted(unit, owner, lessee, LedgerFixture.now(), Ids.next()));
        ledger.relayAll(dataDir);
        check = new LedgerCheck(dataDir);
        pass();
    }

    private List<Finding> pass() throws SQLException {
        try (Connection c = ledger.db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            List<Finding> findings = check.pass(c);
            check.done(c);
            c.rollback();
            return findings;
        }
    }

    private void changedBehindTheBack(String table, String column, String id, String sql, Object... values)
            throws SQLException {
        Object before = ledger.value("select " + column + " from " + table + " where " + id);
        assertEquals(1, ledger.behindTheBack(sql, values));
        List<Finding> findings = pass();
        Object row = ledger.value("select " + id.split(" ")[0] + "::text from " + table + " where " + id);
        assertEquals(
                List.of(table + " " + row + " " + column),
                findings.stream()
                        .map(f -> f.table() + " " + f.rowId() + " " + f.column())
                        .toList());
        ledger.behindTheBack("update " + table + " set " + column + " = ? where " + id, before);
        pass();
    }

    @Test
    void whatNobodyTouchedOpensNothing() throws SQLException {
        assertEquals(List.of(), pass());
        ledger.write(NewAct.registered(Ids.next(), ledger.db.organisation("HOSPITAL"), LedgerFixture.now()));
        assertEquals(List.of(), pass());
        ledger.relayAll(dataDir);
        assertEquals(List.of(), pass());
    }

    @Test
    void aChangedActIsNamedByTableRowAndColumn() throws SQLException {
        String id = "id = '" + act + "'";
        changedBehindTheBack(
                "ledger.act",
                "document",
                id,
                "update ledger.act set document = replace(document, 'SM2', 'SM3') where id = ?",
                act);
        changedBehindTheBack(
                "ledger.act", "type", id, "update ledger.act set type = 'custody.closed' where id = ?", act);
        changedBehindTheBack(
                "ledger.act",
                "occurred_at",
                id,
                "update ledger.act set occurred_at = occurred_at - interval '1 day' where id = ?",
                act);
        changedBehindTheBack(
                "ledger.act", "orgs", id, "update ledger.act set orgs = array[gen_random_uuid()] where id = ?", act);
    }

    @Test
    void aChangedLineOfTheJournalIsNamed() throws SQLException {
        Object position = ledger.value("select position from ledger.journal where act_id = '" + act + "'");
        String later = "update ledger.journal set recorded_at = recorded_at + cast(? as interval) where act_id = ?";
        ledger.behindTheBack(later, "1 hour", act);
        List<Finding> findings = pass();
        ledger.behindTheBack(later, "-1 hour", act);
        assertEquals(List.of("ledger.journal " + position), named(findings));
        assertEquals(List.of(), pass());
    }

    @Test
    void aChangedStateIsNamed() throws SQLException {
        changedBehindTheBack(
                "ledger.state",
                "value",
                "key = 'unit/" + unit + "'",
                "update ledger.state set value = replace(value, '\"custodian\":\"', '\"custodian\":\"f') where key = ?",
                "unit/" + unit);
    }

    @Test
    void aDeletedActIsNamed() throws SQLException {
        ledger.behindTheBack("create table if not exists public.kept as select * from ledger.act where id = ?", act);
        ledger.behindTheBack("delete from ledger.act where id = ?", act);
        List<Finding> findings = pass();
        ledger.behindTheBack("insert into ledger.act select * from public.kept");
        ledger.behindTheBack("drop table public.kept");
        assertEquals(List.of("ledger.act " + act), named(findings));
        assertEquals(Finding.Kind.ROW_MISSING, findings.get(0).kind());
    }

    @Test
    void aDeletedLineInTheMiddleIsNamed() throws SQLException {
        Object position = ledger.value("select position from ledger.journal where act_id = '" + act + "'");
        ledger.behindTheBack(
                "create table if not exists public.kept as select * from ledger.journal where act_id = ?", act);
        ledger.behindTheBack("delete from ledger.journal where act_id = ?", act);
        List<Finding> findings = pass();
        ledger.behindTheBack("insert into ledger.journal select * from public.kept");
        ledger.behindTheBack("drop table public.kept");
        assertEquals(List.of("ledger.journal " + position), named(findings));
    }

    @Test
    void aTailThatWasCutOffIsFoundByTheSignedHeads() throws SQLException {
        Object last = ledger.value("select max(position) from ledger.journal");
        ledger.behindTheBack(
                "create table if not exists public.kept as select * from ledger.journal where position = ?", last);
        ledger.behindTheBack("delete from ledger.journal where position = ?", last);
        List<Finding> findings = pass();
        ledger.behindTheBack("insert into ledger.journal select * from public.kept");
        ledger.behindTheBack("drop table public.kept");
        assertEquals(List.of("ledger.journal " + last), named(findings));
    }

    @Test
    void aTailThatWasCutOffWithItsHeadsIsFoundByTheFileOutside() throws SQLException {
        Object last = ledger.value("select max(position) from ledger.signed_head");
        ledger.behindTheBack(
                "create table if not exists public.kept as select * from ledger.signed_head where position = ?", last);
        ledger.behindTheBack("delete from ledger.signed_head where position = ?", last);
        List<Finding> findings = pass();
        ledger.behindTheBack("insert into ledger.signed_head select * from public.kept");
        ledger.behindTheBack("drop table public.kept");
        assertEquals(List.of("ledger.signed_head " + last), named(findings));
    }

    @Test
    void aLineThatACrashToreIsWrittenAgain() throws Exception {
        HeadFile file = new HeadFile(dataDir);
        int heads = file.read().size();
        byte[] bytes = Files.readAllBytes(file.path());
        Files.write(file.path(), Arrays.copyOf(bytes, bytes.length - 7));
        assertEquals(heads - 1, file.read().size());
        ledger.relayAll(dataDir);
        assertEquals(heads, file.read().size());
        assertEquals(List.of(), pass());
    }

    private static List<String> named(List<Finding> findings) {
        return findings.stream()
                .map(f -> f.table() + " " + f.rowId())
                .distinct()
                .toList();
    }
}
