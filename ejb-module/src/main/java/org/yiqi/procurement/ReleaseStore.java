package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/** Releases as rows: written by one publisher at a time, followed by whoever reckons from them. */
@ApplicationScoped
class ReleaseStore {

    @Inject
    Sql sql;

    /** Until the transaction ends: positions become visible in their order, and readers of the feed miss none. */
    void lock() {
        sql.first("select pg_advisory_xact_lock(hashtext('procurement.ocds_release'))", rs -> true);
    }

    void insert(
            String ocid, String id, ReleaseTag tag, Instant date, UUID org, @Nullable UUID packageId, String content) {
        sql.update("""
                insert into procurement.ocds_release(position, id, ocid, tag, released_at, org_id, package_id, content)
                values (nextval('procurement.ocds_position'), ?,?,?,?,?,?, cast(? as json))""", id, ocid, tag.code(), date, org, packageId, content);
    }

    /** By position, the processes of what was published after one. */
    Map<Long, String> publishedAfter(long position, int most) {
        Map<Long, String> fresh = new TreeMap<>();
        sql.list(
                        "select position, ocid from procurement.ocds_release where position > ? order by position limit ?",
                        rs -> Map.entry(rs.getLong(1), rs.getString(2)),
                        position,
                        most)
                .forEach(each -> fresh.put(each.getKey(), each.getValue()));
        return fresh;
    }
}
