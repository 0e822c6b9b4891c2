package org.yiqi.oversight;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.BundleCheck;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.Documents;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.BundleMaker;
import org.yiqi.ledger.EvidenceLog;
import org.yiqi.ledger.Finding;
import org.yiqi.ledger.LedgerCheck;
import org.yiqi.ledger.LedgerKind;
import org.yiqi.ledger.LedgerReader;
import org.yiqi.ledger.LedgerSetting;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.ledger.NetworkBundleMaker;
import org.yiqi.procurement.TenderPapers;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** Proof of what the ledger holds: as a bundle to take away, and as a check on the spot. */
@Stateless
@Secured
public class Proofs {

    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9]{16,64}");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    @Inject
    Units units;

    @Inject
    BundleMaker bundles;

    @Inject
    Documents unitDocuments;

    @Inject
    TenderPapers tenderPapers;

    @Inject
    EvidenceLog evidence;

    @Inject
    NetworkBundleMaker networkBundles;

    @Inject
    LedgerSetting setting;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * A zip with {@code bundle.json} and instructions, to be checked away from the platform; a tender's comes with what it was opened and
     * judged from, as far as that is public.
     *
     * @param subject {@code custody:<unit>} (with the unit's holds), or {@code tender:}, {@code bid:}, {@code contract:},
     *     {@code liability:}, {@code disposal:}, {@code organisation:} or {@code evidence:} and an id; of these a member
     *     gets tenders and those that bind it
     * @param nonce what the peers of a channel shall answer to, so that the answers are fresh; null for a random one
     * @throws NotFound {@code oversight.nothing-recorded}
     * @throws RuleViolation {@code oversight.bad-nonce}
     */
    @RolesAllowed("**")
    public byte[] bundle(String subject, @Nullable String nonce) {
        List<Subject> subjects = seen(subject);
        if (nonce != null && !NONCE.matcher(nonce).matches()) {
            throw new RuleViolation("oversight.bad-nonce", "A nonce is 16 to 64 letters and digits")
                    .at("/nonce", "16 to 64 letters and digits");
        }
        audit.write("oversight.proof-taken", subject, Map.of());
        List<EvidenceProof> documents = subjects.get(0).kind() == Subject.Kind.CUSTODY
                ? evidence.proofs(unitDocuments.of(subjects.get(0).id()).stream()
                        .map(document -> EvidenceOf.of(EvidenceKind.DOCUMENT, document.id()))
                        .toList())
                : List.of();
        Map<String, byte[]> papers = subjects.get(0).kind() == Subject.Kind.TENDER
                ? tenderPapers.of(subjects.get(0).id())
                : Map.of();
        return inLedger(c -> {
            if (setting.kind() == LedgerKind.FABRIC) {
                NetworkBundle bundle = networkBundles.make(c, subjects, nonce).orElseThrow(Proofs::nothing);
                return ProofArchive.of(bundle, documents, papers);
            }
            return ProofArchive.of(made(c, subjects), documents, papers);
        });
    }

    /** Recomputes everything about the subject and compares it with the rows that the application works with. */
    @RolesAllowed("**")
    public Verification verify(String subject) {
        List<Subject> subjects = seen(subject);
        audit.write("oversight.verified", subject, Map.of());
        return inLedger(c -> {
            List<Finding> findings = new ArrayList<>(new LedgerCheck(Path.of(dataDir)).of(c, subjects));
            if (subjects.get(0).kind() == Subject.Kind.CUSTODY) {
                findings.addAll(CustodyCheck.of(c, subjects.get(0).id()));
            }
            List<Verification.Step> steps = new ArrayList<>(
                    setting.kind() == LedgerKind.FABRIC ? onChannel(c, subjects) : inJournal(c, subjects));
            String broken = findings.stream()
                    .findFirst()
                    .map(f -> (f.table() + " " + f.rowId() + " " + f.column()).strip())
                    .orElse("");
            int rows = LedgerReader.acts(c, subjects).size() + 1;
            steps.add(new Verification.Step("ROWS", rows, findings.isEmpty(), broken));
            return new Verification(
                    subject,
                    setting.kind().notice(),
                    clock.instant(),
                    steps.stream().allMatch(Verification.Step::holds),
                    steps,
                    findings.stream().map(Proofs::difference).toList());
        });
    }

    private List<Verification.Step> inJournal(Connection c, List<Subject> subjects) throws SQLException {
        BundleCheck.Trust trust =
                new BundleCheck.Trust(LedgerReader.founding(c), LedgerReader.headsOutside(Path.of(dataDir)));
        return BundleCheck.run(made(c, subjects), trust).stream()
                .map(step -> new Verification.Step(step.check().name(), step.compared(), step.holds(), step.broken()))
                .toList();
    }

    /** Asks the other organisations' peers now. */
    private List<Verification.Step> onChannel(Connection c, List<Subject> subjects) throws SQLException {
        NetworkBundle bundle = networkBundles.make(c, subjects, null).orElseThrow(Proofs::nothing);
        NetworkBundleCheck.Trust trust =
                new NetworkBundleCheck.Trust(LedgerReader.founding(c), networkBundles.trusted(), null);
        return NetworkBundleCheck.run(bundle, trust).steps().stream()
                .map(step -> new Verification.Step(step.check(), step.compared(), step.holds(), step.broken()))
                .toList();
    }

    /** The signed heads, one a line: what a regulator keeps so that no other history can be shown later. */
    @RolesAllowed({Roles.REGULATOR, Roles.AUDITOR, Roles.PLATFORM_OPERATOR})
    public String heads() {
        audit.write("oversight.heads-taken", "ledger", Map.of());
        return LedgerReader.headsOutside(Path.of(dataDir)).stream()
                .map(SignedHead::json)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Verification.Difference difference(Finding f) {
        return new Verification.Difference(f.kind().name(), f.table(), f.rowId(), f.column(), f.expected(), f.found());
    }

    /** The subject and what belongs to it, if the caller may see it. */
    private List<Subject> seen(String text) {
        Subject subject;
        try {
            subject = Subject.parse(text);
        } catch (MalformedAct e) {
            throw new RuleViolation(
                    "oversight.bad-subject", "A subject is a kind and an id, such as custody:<unit> or tender:<id>", e);
        }
        switch (subject.kind()) {
            case CUSTODY, HOLDS -> {
                UUID unit = units.get(subject.id()).id();
                return List.of(Subject.custody(unit), Subject.holds(unit));
            }
            // Whoever bids or opens checks a tender by its proof; what is secret about it is not on the ledger.
            case TENDER -> {
                return List.of(subject);
            }
            default -> {
                if (caller.scope() == Scope.MEMBER && !concernsCaller(subject)) {
                    throw nothing();
                }
                return List.of(subject);
            }
        }
    }

    /** A member sees what binds it; the others' own chains come with the bundle only as far as its rules need them. */
    private boolean concernsCaller(Subject subject) {
        UUID own = caller.orgId();
        return subject.kind() == Subject.Kind.ORGANISATION
                ? subject.id().equals(own)
                : own != null && inLedger(c -> LedgerReader.binds(c, subject, own));
    }

    private Bundle made(Connection c, List<Subject> subjects) throws SQLException {
        return bundles.make(c, subjects).orElseThrow(Proofs::nothing);
    }

    private static NotFound nothing() {
        return new NotFound("oversight.nothing-recorded", "The ledger holds nothing about this yet");
    }

    private <R> R inLedger(Sql.Work<R> work) {
        return LedgerWide.on(dataSource, work);
    }
}
