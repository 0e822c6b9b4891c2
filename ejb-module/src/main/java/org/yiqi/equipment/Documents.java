package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.ExhibitErased;
import org.yiqi.shared.evidence.Exhibits;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Photos and documents of units. The content lies in the data folder under its own digest, so the same file is kept once and
 * a changed one is noticed; the database says what it is and who may see it.
 */
@Stateless
@Secured
public class Documents {

    private static final int LARGEST = 20 << 20;

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Exhibits exhibits;

    @Inject
    Units units;

    @Inject
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    /**
     * Adds a document to a unit that the caller's organisation owns, holds or maintains.
     *
     * @throws RuleViolation {@code equipment.file-type}, {@code equipment.file-too-large}, {@code equipment.file-empty}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.CLINICAL})
    public DocumentView add(UUID unitId, DocumentKind kind, String name, InputStream content) {
        UnitView unit = units.get(unitId);
        byte[] bytes = read(content);
        String mediaType = FileContent.mediaType(bytes).orElseThrow(() -> new RuleViolation(
                        "equipment.file-type", "Photos are PNG, JPEG or WebP, documents PDF; the content decides")
                .at("/file", "PDF, PNG, JPEG or WebP"));
        String sha256 = store(bytes);
        UUID id = Ids.next();
        Instant now = clock.instant();
        String clean = cleanName(name);
        Sql.in(dataSource, c -> {
            Sql.run(
                    c,
                    """
                    insert into equipment.document(id, unit_id, kind, name, media_type, size, sha256, org_id, person_id, created_at)
                    values (?,?,?,?,?,?,?,?,?,?)""",
                    id,
                    unit.id(),
                    kind,
                    clean,
                    mediaType,
                    (long) bytes.length,
                    sha256,
                    caller.orgId(),
                    caller.personId(),
                    now);
            HistoryLog.write(c, caller, unitId, now, "document-added", id, Map.of("name", clean));
            return true;
        });
        // The digest goes where it can be erased: a bare one in the audit log would tell on the content for ever.
        exhibits.submit(
                EvidenceOf.of(EvidenceKind.DOCUMENT, id),
                caller.orgId(),
                Map.of("unit", unit.id(), "sha256", sha256, "size", bytes.length, "mediaType", mediaType));
        audit.write("equipment.document-added", unitId.toString(), Map.of("document", id));
        return get(unitId, id);
    }

    /** The unit's documents, newest first. */
    @RolesAllowed("**")
    public List<DocumentView> of(UUID unitId) {
        units.get(unitId);
        return Sql.in(
                dataSource,
                c -> Sql.all(
                        c,
                        "select * from equipment.document where unit_id = ? and removed_at is null order by created_at desc",
                        Documents::view,
                        unitId));
    }

    /** @throws NotFound {@code equipment.document-not-found} */
    @RolesAllowed("**")
    public DocumentView get(UUID unitId, UUID documentId) {
        return of(unitId).stream()
                .filter(d -> d.id().equals(documentId))
                .findFirst()
                .orElseThrow(() -> new NotFound("equipment.document-not-found", "No such document"));
    }

    /**
     * The file of a document.
     *
     * @throws NotFound {@code equipment.document-erased}
     */
    @RolesAllowed("**")
    public Path content(UUID unitId, UUID documentId) {
        DocumentView document = get(unitId, documentId);
        if (document.erasedAt() != null) {
            throw new NotFound("equipment.document-erased", "Its content was erased");
        }
        return file(document.sha256());
    }

    /** Its proof was erased: so are the name and the digest, and the file, unless another document has the same. */
    @PermitAll
    public void on(@Observes ExhibitErased erased) {
        if (erased.of().kind() != EvidenceKind.DOCUMENT) {
            return;
        }
        UUID id = UUID.fromString(erased.of().ref());
        boolean missing = Sql.in(dataSource, c -> {
            List<String> digests =
                    Sql.all(c, "select sha256 from equipment.document where id = ?", rs -> rs.getString(1), id);
            Sql.run(
                    c,
                    "update equipment.document set name = '-', sha256 = '', erased_at = ? where id = ?",
                    clock.instant(),
                    id);
            for (String sha256 : digests) {
                if (!kept(c, sha256)) {
                    delete(file(sha256));
                }
            }
            return digests.isEmpty();
        });
        if (missing) {
            throw new NotFound("equipment.document-not-found", "No such document");
        }
    }

    /** Asked of all tenants: the same file may be another's, too. */
    private static boolean kept(Connection c, String sha256) throws SQLException {
        return LedgerWide.on(c, () -> !Sql.all(
                        c, "select 1 from equipment.document where sha256 = ? limit 1", rs -> rs.getInt(1), sha256)
                .isEmpty());
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a document off the unit; its content stays, since a proof may lean on it. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.CLINICAL})
    public void remove(UUID unitId, UUID documentId) {
        DocumentView document = get(unitId, documentId);
        if (!document.orgId().equals(caller.orgId())) {
            throw new NotPermitted("equipment.not-your-document", "Who added a document takes it away");
        }
        Instant now = clock.instant();
        Sql.in(dataSource, c -> {
            Sql.run(c, "update equipment.document set removed_at = ? where id = ?", now, documentId);
            HistoryLog.write(c, caller, unitId, now, "document-removed", documentId, Map.of("name", document.name()));
            return true;
        });
        audit.write("equipment.document-removed", unitId.toString(), Map.of("document", documentId));
    }

    private static byte[] read(InputStream content) {
        try {
            byte[] bytes = content.readNBytes(LARGEST + 1);
            if (bytes.length == 0) {
                throw new RuleViolation("equipment.file-empty", "The file is empty").at("/file", "not empty");
            }
            if (bytes.length > LARGEST) {
                throw new RuleViolation("equipment.file-too-large", "A document has at most 20 MB")
                        .at("/file", "at most 20 MB");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String store(byte[] bytes) {
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Path target = file(sha256);
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Path part = Files.createTempFile(target.getParent(), "part", "");
                Files.write(part, bytes);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return sha256;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String sha256) {
        return Path.of(dataDir, "documents", sha256.substring(0, 2), sha256);
    }

    private static String cleanName(String name) {
        String clean = name.replaceAll("[\\p{Cntrl}\\p{Cf}/\\\\]", "_").strip();
        return clean.isEmpty() ? "document" : clean.length() > 200 ? clean.substring(0, 200) : clean;
    }

    private static DocumentView view(ResultSet rs) throws SQLException {
        return new DocumentView(
                Sql.uuid(rs, "id"),
                DocumentKind.valueOf(rs.getString("kind")),
                rs.getString("name"),
                rs.getString("media_type"),
                rs.getLong("size"),
                rs.getString("sha256"),
                Sql.uuid(rs, "org_id"),
                Sql.instant(rs, "created_at"),
                rs.getTimestamp("erased_at") == null ? null : Sql.instant(rs, "erased_at"));
    }
}
