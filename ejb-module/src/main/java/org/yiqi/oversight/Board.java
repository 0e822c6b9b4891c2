package org.yiqi.oversight;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.yiqi.organisation.Renewals;
import org.yiqi.procurement.RedFlags;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Secured;

/** The regulator's board: how many of each thing want looking at. Every figure is the length of a list that opens from it. */
@Stateless
@Secured
@RolesAllowed(Roles.REGULATOR)
public class Board {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final ListQuery SOON =
            new ListQuery(1, 0, null, List.of(), null, Map.of("stage", List.of("0", "7", "30")));

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AdverseEvents events;

    @Inject
    Cases cases;

    @Inject
    Recalls recalls;

    @Inject
    Samplings samplings;

    @Inject
    Renewals renewals;

    @Inject
    RedFlags redFlags;

    public BoardView get() {
        Instant now = clock.instant();
        ListQuery one = new ListQuery(1, 0, null, List.of(), null, Map.of());
        ListQuery issued = one.where("state", "ISSUED");
        return new BoardView(
                now,
                events.list(one.where("red", "true")).total(),
                cases.list(one.where("due", now.toString())).total(),
                cases.list(one.where("watch", "true").where("state", "OPEN")).total(),
                recalls.list(issued).total(),
                recalls.list(issued.where("overdue", "true")).total(),
                recalls.list(one.where("unsigned", "true")).total(),
                cases.list(one.where("joint", "true").where("state", "OPEN")).total(),
                samplings.list(one.where("overdue", "true")).total(),
                renewals.list(SOON).total(),
                redFlags.list(one.where("state", "OPEN")).total(),
                maintenanceOverdue(LocalDate.ofInstant(now, CHINA)));
    }

    private long maintenanceOverdue(LocalDate today) {
        return sql.first(
                        "select count(*) from maintenance.plan where active and next_due + tolerance_days < ?",
                        rs -> rs.getLong(1),
                        today)
                .orElse(0L);
    }
}
