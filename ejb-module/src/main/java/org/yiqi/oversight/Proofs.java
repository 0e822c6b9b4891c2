package org.yiqi.oversight;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.BundleCheck;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.Documents;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.BundleMaker;
import org.yiqi.ledger.EvidenceLog;
import org.yiqi.ledger.Finding;
import org.yiqi.ledger.LedgerCheck;
import org.yiqi.ledger.LedgerReader;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
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
    EvidenceLog evidence;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * A zip with {@code bundle.json} and instructions, to be checked away from the platform.
     *
     * @param subject {@code custody:<unit>} (with the unit's holds), or {@code organisation:<id>}
     * @throws NotFound {@code oversight.nothing-recorded}
     */
    @RolesAllowed("**")
    public byte[] bundle(String subject) {
        List<Subject> subjects = seen(subject);
        audit.write("oversight.proof-taken", subject, Map.of());
        List<EvidenceProof> documents = subjects.get(0).kind() == Subject.Kind.CUSTODY
                ? evidence.proofs(unitDocuments.of(subjects.get(0).id()).stream()
                        .map(document -> EvidenceOf.of(EvidenceKind.DOCUMENT, document.id()))
                        .toList())
                : List.of();
        return inLedger(c -> zip(made(c, subjects), documents));
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
            List<Verification.Step> steps = new ArrayList<>();
            Bundle bundle = made(c, subjects);
            BundleCheck.Trust trust =
                    new BundleCheck.Trust(LedgerReader.founding(c), LedgerReader.headsOutside(Path.of(dataDir)));
            for (BundleCheck.Step step : BundleCheck.run(bundle, trust)) {
                steps.add(new Verification.Step(step.check().name(), step.compared(), step.holds(), step.broken()));
            }
            String broken = findings.stream()
                    .findFirst()
                    .map(f -> (f.table() + " " + f.rowId() + " " + f.column()).strip())
                    .orElse("");
            int rows = LedgerReader.acts(c, subjects).size() + 1;
            steps.add(new Verification.Step("ROWS", rows, findings.isEmpty(), broken));
            return new Verification(
                    subject,
                    Bundle.NOTICE,
                    clock.instant(),
                    steps.stream().allMatch(Verification.Step::holds),
                    steps,
                    findings.stream().map(Proofs::difference).toList());
        });
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
            throw new RuleViolation("oversight.bad-subject", "A subject is custody:<unit> or organisation:<id>", e);
        }
        if (subject.kind() == Subject.Kind.ORGANISATION) {
            boolean own = subject.id().equals(caller.orgId());
            if (!own && caller.scope() == Scope.MEMBER) {
                throw nothing();
            }
            return List.of(subject);
        }
        UUID unit = units.get(subject.id()).id();
        return List.of(Subject.custody(unit), Subject.holds(unit));
    }

    private Bundle made(Connection c, List<Subject> subjects) throws SQLException {
        return bundles.make(c, subjects).orElseThrow(Proofs::nothing);
    }

    private static NotFound nothing() {
        return new NotFound("oversight.nothing-recorded", "The ledger holds nothing about this yet");
    }

    private <R> R inLedger(Work<R> work) {
        try (Connection c = dataSource.getConnection()) {
            return LedgerWide.on(c, () -> work.on(c));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zip(Bundle bundle, List<EvidenceProof> documents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            put(zip, "bundle.json", bundle.json());
            put(zip, "README.txt", readme(bundle));
            for (EvidenceProof proof : documents) {
                put(zip, "evidence/" + proof.leaf() + ".json", proof.json());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String readme(Bundle bundle) {
        return """
                Proof from a Yiqi ledger / 医器账本证明

                %s
                本地账本：可发现篡改，单一运营方，无共识。

                It shows what the operator's ledger holds about the subject, with every signature and the rules applied again.
                Check it without the platform, on any machine with Java 17:

                    java -jar yiqi-tools.jar verify --trust DIR bundle.zip

                DIR holds what you trust, obtained out of band, never from this file:
                  founding.txt   the founding's digest. This bundle claims %s
                  heads.jsonl    signed heads that you downloaded earlier (optional; without them another history of the
                                 same operator cannot be told apart)

                evidence/ holds the unit's documents: each piece leads from its digest to a root that the platform signed.
                What was erased can only be shown to have been there.

                An act under a managed key is as good as the platform's key custody; one under a held key can only come
                from the organisation. The bundle says which.
                """.formatted(Bundle.NOTICE, bundle.founding().digest());
    }

    private interface Work<R> {
        R on(Connection c) throws SQLException;
    }
}
