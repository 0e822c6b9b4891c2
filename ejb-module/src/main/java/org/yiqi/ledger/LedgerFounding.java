package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.contract.Founding;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.LedgerState;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;

/**
 * Founds a ledger as soon as there are the platform and a regulator, unless a consortium has founded it already. The
 * platform is a registrar here. Founding keys are managed until a regulator brings in its own.
 */
final class LedgerFounding {

    /** The journal's name for its founding line. */
    static final String SUBJECT = "founding";

    private final KeyStore keys;

    LedgerFounding(KeyStore keys) {
        this.keys = keys;
    }

    /** Adds the local ledger's first line; false if somebody who must be there is missing. */
    boolean found(Connection c, Journal journal, LedgerState state, Instant now) throws SQLException {
        Optional<Founding> founding = prepare(c, now);
        founding.ifPresent(it -> {
            LedgerRules.found(it, state);
            journal.add(null, SUBJECT, it.json(), now);
        });
        return founding.isPresent();
    }

    /** A founding with fresh keys, unless somebody who must be there is missing. */
    Optional<Founding> prepare(Connection c, Instant now) throws SQLException {
        List<Founding.Founder> founders = new ArrayList<>();
        List<Organisation> organisations = organisations(c);
        if (organisations.stream().noneMatch(org -> org.kind() == OrganisationKind.PLATFORM)
                || organisations.stream().noneMatch(org -> org.kind() == OrganisationKind.REGULATOR)) {
            return Optional.empty();
        }
        for (Organisation org : organisations) {
            // A founding that was prepared once and did not come through is prepared anew with the same keys.
            Optional<OrganisationKey> kept = keys.active(c, org.id());
            OrganisationKey key = kept.isPresent() ? kept.get() : foundingKey(c, org.id(), now);
            founders.add(new Founding.Founder(org.id(), org.kind(), true, List.of(key)));
        }
        return Optional.of(new Founding(founders));
    }

    /** No act brings in a founding key: it is valid at once. */
    private OrganisationKey foundingKey(Connection c, UUID org, Instant now) throws SQLException {
        OrganisationKey key = keys.createManaged(c, org, null, now);
        keys.valid(c, key.keyId(), now);
        return key;
    }

    private static List<Organisation> organisations(Connection c) throws SQLException {
        // The oldest platform organisation is the operator; every regulator that is there from the start is a founder.
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select id, kind from organisation.organisation where status = 'APPROVED' and (kind = 'REGULATOR'
                          or id = (select id from organisation.organisation where kind = 'PLATFORM' and status = 'APPROVED'
                                   order by created_at, id limit 1))
                        order by created_at, id""")) {
            List<Organisation> organisations = new ArrayList<>();
            while (rs.next()) {
                organisations.add(
                        new Organisation(rs.getObject(1, UUID.class), OrganisationKind.valueOf(rs.getString(2))));
            }
            return organisations;
        }
    }

    private record Organisation(UUID id, OrganisationKind kind) {}
}
