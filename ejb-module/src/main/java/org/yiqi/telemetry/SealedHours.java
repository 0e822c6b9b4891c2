package org.yiqi.telemetry;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.Period;
import org.yiqi.shared.tenancy.Secured;

/** What a device reported, as it was sealed, for whoever may see the unit. */
@Stateless
@Secured
public class SealedHours {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    /** The hours that begin within a period, each by its newest seal, in order. */
    @RolesAllowed("**")
    public List<SealedHour> of(UUID unitId, Period within) {
        return Sql.in(
                dataSource,
                c -> Sql.all(
                        c,
                        """
                        select distinct on (hour) hour, readings, root from telemetry.sealed_hour
                        where device_id = ? and hour >= ? and hour < ? order by hour, revision desc""",
                        rs -> new SealedHour(
                                rs.getTimestamp("hour").toInstant(),
                                rs.getInt("readings"),
                                HexFormat.of().formatHex(rs.getBytes("root"))),
                        unitId,
                        within.from(),
                        within.to()));
    }
}
