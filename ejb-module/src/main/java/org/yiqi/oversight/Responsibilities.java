package org.yiqi.oversight;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.oversight.ResponsibilityEdge.Basis;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * Who owns, holds, uses, maintains and insures a unit over time, each with its proof: for regulators, and for a unit's owner and
 * whoever holds it. A regulator's look is written down.
 */
@Stateless
@Secured
@RolesAllowed("**")
public class Responsibilities {

    private static final String EDGES = """
            with held as (select c.org_id, c.from_at, c.to_at, c.act_id, coalesce(a.state, '') act_state, c.owned
              from equipment.custody c left join ledger.act a on a.id = c.act_id where c.unit_id = ?),
            life as (select min(from_at) born, case when bool_or(to_at is null) then null else max(to_at) end gone from held),
            titles as (select h.*, lead(h.from_at) over (order by h.from_at) next_at, l.born, l.gone from held h, life l
              where h.owned or h.from_at = l.born)
            select e.*, coalesce(o.name_zh, e.name) name_zh, coalesce(o.name_en, e.name) name_en, coalesce(o.region_code, '') region_code
            from (
              select 1 rank, 'OWNER' kind, case when from_at = born then 'REGISTERED' else 'SOLD' end basis, org_id, '' name, from_at,
                coalesce(next_at, gone) to_at, '' reference, act_id, act_state, '' digest, null::uuid cover_id from titles
              union all select 2, 'CUSTODY', 'CUSTODY_ACT', org_id, '', from_at, to_at, '', act_id, act_state, '', null from held
              union all select 3, 'USE', 'RENTAL', r.lessee_org, '', r.delivered_at, least(r.returned_at, l.gone), r.number, null, '', '', null
                from rental.rental r, life l where r.unit_id = ? and r.delivered_at is not null
              union all select 3, 'USE', 'BOOKING', s.org_id, '', s.from_at, least(s.to_at, l.gone), '', null, '', '', null
                from equipment.slot s, life l where s.unit_id = ? and s.use = 'CLINICAL' and s.state in ('BOOKED', 'CONSUMED')
              union all select case c.kind when 'MAINTENANCE' then 4 else 5 end, c.kind,
                case c.kind when 'MAINTENANCE' then 'CONTRACT' else 'POLICY' end, c.provider_id, c.provider_name, c.from_at,
                least(c.until_at, l.gone), c.number, null, '', c.document_sha256, c.id
                from oversight.cover c, life l where c.unit_id = ?
            ) e left join organisation.organisation o on o.id = e.org_id
            where e.from_at is not null and (e.to_at is null or e.from_at < e.to_at)
            order by e.rank, e.from_at desc, e.basis desc""";

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Units units;

    @Inject
    Looks looks;

    @Inject
    Caller caller;

    @Inject
    AuditLog audit;

    /** @throws NotFound {@code equipment.unit-not-found}, also for a unit that the caller neither owns nor holds */
    public ResponsibilityView at(UUID unitId, Instant at) {
        UnitView unit = units.get(unitId);
        if (caller.scope() == Scope.MEMBER
                && !unit.ownerId().equals(caller.orgId())
                && !unit.custodianId().equals(caller.orgId())) {
            throw new NotFound("equipment.unit-not-found", "No such unit");
        }
        if (caller.scope() == Scope.REGULATOR) {
            audit.write("oversight.responsibility-asked", unitId.toString(), Map.of());
            looks.record("CUSTODIAN", unitId);
        }
        UUID me = caller.scope() == Scope.MEMBER && !unit.ownerId().equals(caller.orgId()) ? caller.orgId() : null;
        // Whom else the owner lets use its unit is no business of who holds it now.
        Predicate<Placed> mayKnow = p -> me == null
                || p.edge().kind() != ResponsibilityKind.USE
                || me.equals(p.edge().organisationId());
        return LedgerWide.on(dataSource, c -> {
            List<Placed> placed = edges(c, unitId).stream().filter(mayKnow).toList();
            List<ResponsibilityEdge> edges = placed.stream().map(Placed::edge).toList();
            return new ResponsibilityView(
                    unitId,
                    at,
                    unit.model().nameZh(),
                    unit.model().nameEn(),
                    unit.serial(),
                    unit.ownerId(),
                    jurisdiction(unit, placed, at),
                    answers(edges, named(c, unit), at),
                    edges);
        });
    }

    /** An edge and where its organisation is. */
    private record Placed(ResponsibilityEdge edge, String region) {}

    /** The unit's own place while its owner holds it; in other hands it is where they are. */
    private static String jurisdiction(UnitView unit, List<Placed> placed, Instant at) {
        return placed.stream()
                .filter(p -> p.edge().kind() == ResponsibilityKind.CUSTODY
                        && p.edge().covers(at))
                .findFirst()
                .map(p -> Jurisdiction.of(
                        unit.ownerId().equals(p.edge().organisationId())
                                        && !unit.regionCode().isEmpty()
                                ? unit.regionCode()
                                : p.region()))
                .orElse("");
    }

    /** Nobody is responsible for a unit that nobody holds: it was not registered yet, or is gone. */
    static List<ResponsibilityEdge> answers(
            List<ResponsibilityEdge> edges, @Nullable OrganisationName maintainer, Instant at) {
        Optional<ResponsibilityEdge> holder = one(edges, ResponsibilityKind.CUSTODY, at);
        Optional<ResponsibilityEdge> owner = one(edges, ResponsibilityKind.OWNER, at);
        if (holder.isEmpty() || owner.isEmpty()) {
            return List.of();
        }
        List<ResponsibilityEdge> answers = new ArrayList<>(List.of(owner.get(), holder.get()));
        answers.add(one(edges, ResponsibilityKind.USE, at)
                .orElse(holder.get().as(ResponsibilityKind.USE, Basis.CUSTODIAN)));
        answers.add(one(edges, ResponsibilityKind.MAINTENANCE, at).orElseGet(() -> inHouse(owner.get(), maintainer)));
        one(edges, ResponsibilityKind.INSURANCE, at).ifPresent(answers::add);
        return List.copyOf(answers);
    }

    private static ResponsibilityEdge inHouse(ResponsibilityEdge owner, @Nullable OrganisationName maintainer) {
        if (maintainer == null) {
            return owner.as(ResponsibilityKind.MAINTENANCE, Basis.OWN_DEPARTMENT);
        }
        return new ResponsibilityEdge(
                ResponsibilityKind.MAINTENANCE,
                Basis.NAMED,
                maintainer.id(),
                maintainer.nameZh(),
                maintainer.nameEn(),
                owner.from(),
                owner.to(),
                "",
                null,
                "",
                "",
                null);
    }

    private static Optional<ResponsibilityEdge> one(
            List<ResponsibilityEdge> edges, ResponsibilityKind kind, Instant at) {
        return edges.stream()
                .filter(edge -> edge.kind() == kind && edge.covers(at))
                .findFirst();
    }

    private static @Nullable OrganisationName named(Connection c, UnitView unit) throws SQLException {
        UUID maintainer = unit.maintainerId();
        return maintainer == null
                ? null
                : OrganisationName.of(c, List.of(maintainer)).get(maintainer);
    }

    private static List<Placed> edges(Connection c, UUID unit) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(EDGES)) {
            Sql.bind(c, s, unit, unit, unit, unit);
            List<Placed> edges = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    edges.add(new Placed(read(rs), rs.getString("region_code")));
                }
            }
            return edges;
        }
    }

    private static ResponsibilityEdge read(ResultSet rs) throws SQLException {
        return new ResponsibilityEdge(
                ResponsibilityKind.valueOf(rs.getString("kind")),
                Basis.valueOf(rs.getString("basis")),
                rs.getObject("org_id", UUID.class),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getTimestamp("from_at").toInstant(),
                Sql.instant(rs, "to_at"),
                rs.getString("reference"),
                rs.getObject("act_id", UUID.class),
                rs.getString("act_state"),
                rs.getString("digest"),
                rs.getObject("cover_id", UUID.class));
    }
}
