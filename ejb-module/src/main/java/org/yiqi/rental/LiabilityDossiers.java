package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Secured;

/**
 * The dossier of a case: everything that it rests on, as one PDF with digests. It is kept as it was when a split was put to
 * signature, and the act of that split carries its salted digest; before that it is drawn up when asked for.
 */
@Stateless
@Secured
public class LiabilityDossiers {

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    LiabilityPdf pdf;

    @Inject
    AuditLog audit;

    /**
     * The dossier of the split that stands, or else waits; a fresh one where there is no split yet.
     *
     * @throws NotFound {@code rental.liability-not-found}
     */
    @RolesAllowed("**")
    public LiabilityDossier get(UUID id, String language) {
        LiabilityView seen = store.get(id);
        String wanted = language.startsWith("zh") ? "zh" : "en";
        audit.write("rental.dossier-taken", id.toString(), Map.of("language", wanted));
        Optional<LiabilityView.Proposal> split = seen.standing().or(seen::open);
        return split.flatMap(p -> kept(p.id(), wanted))
                .orElseGet(() -> new LiabilityDossier(pdf.of(seen, wanted), "", ""));
    }

    private Optional<LiabilityDossier> kept(UUID proposal, String language) {
        return sql.first(
                "select pdf, salt, digest from rental.liability_dossier where proposal_id = ? and language = ?",
                rs -> new LiabilityDossier(
                        rs.getBytes(1), Base64.getEncoder().encodeToString(rs.getBytes(2)), rs.getString(3)),
                proposal,
                language);
    }
}
