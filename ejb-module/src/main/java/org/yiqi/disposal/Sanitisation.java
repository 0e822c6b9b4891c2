package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.DisposalView.Certificate;
import org.yiqi.disposal.DisposalView.Medium;
import org.yiqi.equipment.Documents;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Proof that nothing of patients, germs or radiation leaves with a unit: what it keeps data on, and a certificate for each. */
@Stateless
@Secured
public class Sanitisation {

    private static final Set<DisposalState> BEFORE_IT_LEAVES =
            EnumSet.range(DisposalState.APPROVED, DisposalState.AWARDED);
    private static final int MOST_MEDIA = 50;

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    Documents documents;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** A medium as the owner states it. */
    public record StatedMedium(MediumKind medium, String label) {}

    /** A certificate as the owner adds it; the paper is a document of the unit. */
    public record NewCertificate(
            CertificateKind kind,
            @Nullable UUID mediumId,
            @Nullable WipeMethod method,
            String issuer,
            LocalDate issuedOn,
            @Nullable UUID documentId) {}

    /**
     * States everything in the unit that keeps data; none says that nothing does. Media that were wiped stay.
     *
     * @throws RuleViolation {@code disposal.media-invalid}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.medium-known}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN})
    public DisposalView stateMedia(UUID id, List<StatedMedium> media) {
        DisposalView disposal = before(id);
        RuleViolation refusal =
                new RuleViolation("disposal.media-invalid", "Name each medium so that it is found again");
        if (media.size() > MOST_MEDIA) {
            refusal.at("/media", "at most " + MOST_MEDIA);
        }
        for (int i = 0; i < media.size(); i++) {
            String label = media.get(i).label();
            if (label.isBlank() || label.length() > 120) {
                refusal.at("/media/" + i + "/label", "1 to 120 characters");
            }
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
        sql.update("""
                delete from disposal.medium m where m.disposal_id = ?
                 and not exists (select 1 from disposal.certificate c where c.medium_id = m.id)""", id);
        for (StatedMedium m : media) {
            boolean wiped = disposal.media().stream()
                    .anyMatch(k -> k.label().equals(m.label().strip()) && certificateOf(disposal, k) != null);
            if (!wiped) {
                sql.update(
                        "insert into disposal.medium(id, disposal_id, medium, label) values (?,?,?,?)",
                        Ids.next(),
                        id,
                        m.medium().name(),
                        m.label().strip());
            }
        }
        sql.update("update disposal.disposal set version = version + 1, storage_stated = true where id = ?", id);
        audit.write("disposal.media-stated", id.toString(), Map.of("media", media.size()));
        return store.get(id);
    }

    /**
     * Adds a certificate.
     *
     * @throws NotFound {@code disposal.medium-not-found}, {@code equipment.document-not-found}
     * @throws RuleViolation {@code disposal.wipe-method} when the method does not make this medium unreadable,
     *     {@code disposal.certificate-invalid}
     * @throws Conflict {@code disposal.certified-before}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN})
    public DisposalView certify(UUID id, NewCertificate given) {
        DisposalView disposal = before(id);
        RuleViolation refusal =
                new RuleViolation("disposal.certificate-invalid", "The certificate does not say enough");
        if (given.issuer().isBlank() || given.issuer().length() > 200) {
            refusal.at("/issuer", "1 to 200 characters");
        }
        if (given.issuedOn().isAfter(store.today())) {
            refusal.at("/issuedOn", "not in the future");
        }
        boolean wipe = given.kind() == CertificateKind.WIPE;
        if (wipe && (given.mediumId() == null || given.method() == null)) {
            refusal.at("/mediumId", "which medium, and how it was wiped");
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
        if (wipe) {
            checkMethod(disposal, given);
        }
        if (given.documentId() != null) {
            documents.get(disposal.unitId(), given.documentId());
        }
        sql.update(
                """
                insert into disposal.certificate(id, disposal_id, kind, medium_id, method, issuer, issued_on, document_id, person_id, added_at)
                values (?,?,?,?,?,?,?,?,?,?)""",
                Ids.next(),
                id,
                given.kind().name(),
                wipe ? given.mediumId() : null,
                wipe && given.method() != null ? given.method().name() : null,
                given.issuer().strip(),
                given.issuedOn(),
                given.documentId(),
                caller.personId(),
                clock.instant());
        sql.update("update disposal.disposal set version = version + 1 where id = ?", id);
        audit.write(
                "disposal.certificate-added",
                id.toString(),
                Map.of("kind", given.kind().name()));
        return store.get(id);
    }

    private static void checkMethod(DisposalView disposal, NewCertificate given) {
        Medium medium = disposal.media().stream()
                .filter(m -> m.id().equals(given.mediumId()))
                .findFirst()
                .orElseThrow(() -> new NotFound("disposal.medium-not-found", "No such medium in this unit"));
        if (!medium.methods().contains(given.method())) {
            throw new RuleViolation("disposal.wipe-method", "This does not make the medium unreadable")
                    .at("/method", "one of " + medium.methods());
        }
    }

    private DisposalView before(UUID id) {
        DisposalView disposal = store.lock(id);
        store.refuseOthers(disposal);
        if (!BEFORE_IT_LEAVES.contains(disposal.state())) {
            throw new Conflict(
                    "disposal.wrong-state", "Certificates are added after the approval and before the unit leaves");
        }
        return disposal;
    }

    /**
     * For whoever lets the unit leave or takes it apart.
     *
     * @throws Conflict {@code disposal.not-sanitised} naming what is missing
     */
    @RolesAllowed("**")
    public void refuseMissing(DisposalView disposal) {
        List<String> missing = missing(disposal);
        if (!missing.isEmpty()) {
            throw new Conflict("disposal.not-sanitised", "Certificates are missing; the unit stays")
                    .with("missing", missing);
        }
    }

    /** What still has to be proven before the unit may leave: codes, a medium's with its name behind a colon. */
    @RolesAllowed("**")
    public List<String> missing(DisposalView disposal) {
        DisposalStore.ClassFigure figure = store.classFigure(disposal.category(), store.today());
        List<String> missing = new ArrayList<>();
        if (figure.storesData() && !disposal.storageStated()) {
            missing.add("STORAGE_NOT_STATED");
        }
        disposal.media().stream()
                .filter(m -> certificateOf(disposal, m) == null)
                .forEach(m -> missing.add("WIPE:" + m.label()));
        if (!has(disposal, CertificateKind.DECONTAMINATION)) {
            missing.add("DECONTAMINATION");
        }
        if (figure.holdsSource() && !has(disposal, CertificateKind.SOURCE_REMOVAL)) {
            missing.add("SOURCE_REMOVAL");
        }
        return missing;
    }

    private static boolean has(DisposalView disposal, CertificateKind kind) {
        return disposal.certificates().stream().anyMatch(c -> c.kind() == kind);
    }

    private static @Nullable Certificate certificateOf(DisposalView disposal, Medium medium) {
        return disposal.certificates().stream()
                .filter(c -> medium.id().equals(c.mediumId()))
                .findFirst()
                .orElse(null);
    }
}
