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
 * Founds the local ledger as soon as there are the platform and a regulator. The platform is a registrar here: one
 * operator runs everything, and every page says so. Founding keys are managed until a regulator brings in its own.
 */
final class LedgerFounding {

    /** The journal's name for its first line. */
    static final String SUBJECT = "founding";

    private final KeyStore keys;

    LedgerFounding(KeyStore keys) {
        this.keys = keys;
    }

    /**
     * Adds the first line, unless somebody who must be there is missing.
     *
     * @return the operator's key, which signs the heads
     */
    Optional<OrganisationKey> found(Connection c, Journal journal, LedgerState state, Instant now) throws SQLException {
        List<Founding.Founder> founders = new ArrayList<>();
        List<Organisation> organisations = organisations(c);
        if (organisations.stream().noneMatch(org -> org.kind() == OrganisationKind.PLATFORM)
                || organisations.stream().noneMatch(org -> org.kind() == OrganisationKind.REGULATOR)) {
            return Optional.empty();
        }
        OrganisationKey operator = null;
        for (Organisation org : organisations) {
            OrganisationKey key = keys.createManaged(c, org.id(), null, now);
            keys.valid(c, key.keyId(), now);
            operator = org.kind() == OrganisationKind.PLATFORM ? key : operator;
            founders.add(new Founding.Founder(org.id(), org.kind(), true, List.of(key)));
        }
        Founding founding = new Founding(founders);
        LedgerRules.found(founding, state);
        journal.add(null, SUBJECT, founding.json(), now);
        return Optional.ofNullable(operator);
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
