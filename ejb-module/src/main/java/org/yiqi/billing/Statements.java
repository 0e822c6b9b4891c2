package org.yiqi.billing;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.yiqi.billing.domain.Basis;
import org.yiqi.billing.domain.Statement;
import org.yiqi.rental.Quote;
import org.yiqi.rental.QuoteLine;
import org.yiqi.rental.RentalClosed;
import org.yiqi.rental.RentalReturned;
import org.yiqi.rental.RentalView;
import org.yiqi.rental.Rentals;
import org.yiqi.rental.TariffView;
import org.yiqi.rental.Tariffs;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Secured;

/** What rentals cost. A statement is drawn up when the unit comes back and stands when the rental is closed. */
@Stateless
@Secured
public class Statements {

    private static final Listing<StatementRow> LISTING = Listing.of(
                    "s.*", "billing.statement s", "s.id", Statements::row)
            .sort("createdAt", "s.created_at", "timestamptz")
            .sort("total", "s.total", "bigint")
            .sort("rental", "s.rental_number", "text")
            .sort("state", "s.state", "text")
            .defaultSort("-createdAt")
            .filter("state", "s.state", "text")
            .filter("rental", "s.rental_id", "uuid")
            .filter("owner", "s.owner_org", "uuid")
            .filter("lessee", "s.lessee_org", "uuid")
            .search(
                    "(s.rental_number || ' ' || s.unit_zh || ' ' || s.unit_en || ' ' || s.owner_zh || ' ' || s.owner_en ||"
                            + " ' ' || s.lessee_zh || ' ' || s.lessee_en) ilike '%' || ? || '%'");

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Exhibits exhibits;

    @Inject
    Rentals rentals;

    @Inject
    Tariffs tariffs;

    @Inject
    Invoices invoices;

    /** @throws NotFound {@code billing.statement-not-found} */
    @RolesAllowed("**")
    public StatementView get(UUID id) {
        Statement statement = em.find(Statement.class, id);
        if (statement == null) {
            throw new NotFound("billing.statement-not-found", "No such statement");
        }
        return view(statement);
    }

    @RolesAllowed("**")
    public Optional<StatementView> ofRental(UUID rentalId) {
        return find(rentalId).map(this::view);
    }

    @RolesAllowed("**")
    public Page<StatementRow> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return LISTING.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<StatementRow> consumer) {
        try (Connection c = dataSource.getConnection()) {
            LISTING.forEach(c, query, consumer);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The unit is back: what was measured is priced by the revision that the rental was made under. */
    @PermitAll
    public void on(@Observes RentalReturned returned) {
        RentalView rental = rentals.get(returned.rentalId());
        TariffView tariff = tariffs.get(rental.tariffId());
        Basis basis = new Basis(rental, tariff.revision(), returned.at());
        Statement statement = new Statement(Ids.next(), basis, price(basis, tariff), clock.instant());
        em.persist(statement);
        em.flush();
        audit.write(
                "billing.statement-drawn-up",
                statement.id().toString(),
                Map.of(
                        "rental",
                        rental.id().toString(),
                        "total",
                        statement.total().toString()));
    }

    @PermitAll
    public void on(@Observes RentalClosed closed) {
        Statement statement = find(closed.rentalId())
                .orElseThrow(() -> new NotFound("billing.statement-not-found", "The rental has no statement"));
        statement.agree();
        em.flush();
        audit.write("billing.statement-agreed", statement.id().toString(), Map.of());
        exhibits.submit(
                EvidenceOf.of(EvidenceKind.STATEMENT, statement.id()),
                statement.basis().ownerOrg(),
                said(statement));
    }

    /** What both sides have agreed to, as it is proved later. */
    private static Map<String, Object> said(Statement statement) {
        Basis b = statement.basis();
        return Map.of(
                "rental", b.rentalId(),
                "owner", b.ownerOrg(),
                "lessee", b.lesseeOrg(),
                "tariff", b.tariffId(),
                "tariffRevision", b.tariffRevision(),
                "from", b.period().from(),
                "to", b.period().to(),
                "uses", b.uses(),
                "total", statement.total(),
                "lines",
                        statement.lines().stream()
                                .map(line -> String.join(
                                        " ",
                                        line.kind().name(),
                                        String.valueOf(line.quantity()),
                                        line.length() + line.unit(),
                                        line.unitPrice().toString(),
                                        line.amount().toString()))
                                .toList());
    }

    private Optional<Statement> find(UUID rentalId) {
        return em.createQuery("select s from Statement s where s.basis.rentalId = :rental", Statement.class)
                .setParameter("rental", rentalId)
                .getResultStream()
                .findFirst();
    }

    private Quote price(Basis basis, TariffView tariff) {
        return tariffs.quote(
                tariff.id(),
                basis.period().length(),
                basis.uses(),
                basis.transportCost(tariff.terms().currency()));
    }

    private StatementView view(Statement s) {
        Basis b = s.basis();
        TariffView tariff = tariffs.get(b.tariffId());
        List<QuoteLine> lines = s.lines();
        boolean reproduces = price(b, tariff).lines().equals(lines) && sum(s).equals(s.total());
        InvoiceView invoice = invoices.ofStatement(s.id()).orElse(null);
        return new StatementView(
                s.id(),
                s.version(),
                s.state(),
                b.rentalId(),
                b.rentalNumber(),
                b.unitZh(),
                b.unitEn(),
                b.ownerOrg(),
                b.ownerZh(),
                b.ownerEn(),
                b.lesseeOrg(),
                b.lesseeZh(),
                b.lesseeEn(),
                b.tariffId(),
                tariff.name(),
                b.tariffRevision(),
                b.period(),
                b.uses(),
                lines,
                s.total(),
                reproduces,
                invoice,
                s.createdAt());
    }

    private static Money sum(Statement s) {
        Money sum = Money.zero(s.total().currency());
        for (QuoteLine line : s.lines()) {
            sum = sum.plus(line.amount());
        }
        return sum;
    }

    private static StatementRow row(ResultSet rs) throws SQLException {
        return new StatementRow(
                rs.getObject("id", UUID.class),
                StatementState.valueOf(rs.getString("state")),
                rs.getObject("rental_id", UUID.class),
                rs.getString("rental_number"),
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getObject("owner_org", UUID.class),
                rs.getString("owner_zh"),
                rs.getString("owner_en"),
                rs.getObject("lessee_org", UUID.class),
                rs.getString("lessee_zh"),
                rs.getString("lessee_en"),
                Money.ofMinor(rs.getLong("total"), rs.getString("currency")),
                rs.getTimestamp("created_at").toInstant());
    }
}
