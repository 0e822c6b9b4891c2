package org.yiqi.shared.audit;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.yiqi.shared.db.Sql;

/** Gives committed entries their places in the log, every few seconds, and anchors the root once a minute. */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
public class AuditSequencer {

    private static final int AT_ONCE = 20_000;
    private static final long ADVISORY_LOCK = 0x5971_0001L;

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    Clock clock;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void sequence() {
        sequence(Sql.over(dataSource));
    }

    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    public void anchor() {
        anchor(Sql.over(dataSource), clock);
    }

    /** One node at a time; needs a transaction. An entry that committed late simply gets a later place. */
    static void sequence(Sql sql) {
        if (!locked(sql)) {
            return;
        }
        sql.update("""
                insert into audit.position(position, entry_id, leaf)
                select (select coalesce(max(position), 0) from audit.position) + row_number() over (order by n.id), n.id, n.leaf
                  from (select e.id, e.leaf from audit.entry e
                         where not exists (select 1 from audit.position p where p.entry_id = e.id)
                         order by e.id limit ?) n""", AT_ONCE);
    }

    static void anchor(Sql sql, Clock clock) {
        if (!locked(sql)) {
            return;
        }
        MerkleTree tree = new MerkleTree();
        List<byte[]> leaves = sql.list("select leaf from audit.position order by position", rs -> rs.getBytes(1));
        leaves.forEach(tree::add);
        if (tree.size() > 0) {
            sql.update(
                    "insert into audit.anchor(size, root, at) values (?,?,?) on conflict do nothing",
                    tree.size(),
                    tree.root(),
                    clock.instant());
        }
    }

    private static boolean locked(Sql sql) {
        return sql.first("select pg_try_advisory_xact_lock(?)", rs -> rs.getBoolean(1), ADVISORY_LOCK)
                .orElse(false);
    }
}
