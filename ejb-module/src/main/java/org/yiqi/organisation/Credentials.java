package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.domain.FileTypes;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * The credentials of an organisation with their files. They are never changed: a renewed one is a new one, so a review
 * can be replayed with what was there. What is verified cannot be withdrawn.
 */
@Stateless
@Secured
public class Credentials {

    public static final int LARGEST_FILE = 10 * 1024 * 1024;

    private static final String SELECT = """
            select c.*, t.name_zh type_zh, t.name_en type_en, d.name file_name, d.content_type, d.size
              from organisation.credential c
              join organisation.credential_type t on t.code = c.credential_type
              left join organisation.document d on d.id = c.document_id
             where c.withdrawn_at is null and c.org_id = ?""";

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    Exhibits exhibits;

    @Inject
    AuditLog audit;

    /** For the organisation itself, reviewers and regulators; to others they do not exist. */
    @RolesAllowed("**")
    public List<CredentialView> list(UUID orgId) {
        requireSight(caller, orgId);
        if (!sql.exists("select 1 from organisation.organisation where id = ?", orgId)) {
            throw new NotFound("organisation.not-found", "No such organisation");
        }
        return sql.list(SELECT + " order by c.credential_type, c.valid_from desc, c.id", Credentials::read, orgId);
    }

    @RolesAllowed("**")
    public CredentialView get(UUID orgId, UUID id) {
        requireSight(caller, orgId);
        return sql.first(SELECT + " and c.id = ?", Credentials::read, orgId, id)
                .orElseThrow(() -> new NotFound("organisation.credential-not-found", "No such credential"));
    }

    @RolesAllowed(Roles.ORG_ADMIN)
    public CredentialView add(UUID orgId, NewCredential credential) {
        requireOwn(caller, orgId);
        if (!sql.exists("select 1 from organisation.credential_type where code = ?", credential.type())) {
            throw new RuleViolation("organisation.credential-type", "No such type of credential")
                    .at("/type", "a known type");
        }
        if (credential.validTo() != null && credential.validTo().isBefore(credential.validFrom())) {
            throw new RuleViolation("organisation.credential-period", "It ends before it starts")
                    .at("/validTo", "not before validFrom");
        }
        UUID id = Ids.next();
        sql.update(
                """
                insert into organisation.credential(id, org_id, credential_type, number, issuer, scope, valid_from, valid_to, added_at)
                values (?,?,?,?,?,?,?,?,?)""",
                id,
                orgId,
                credential.type(),
                credential.number(),
                credential.issuer(),
                credential.scope(),
                credential.validFrom(),
                credential.validTo(),
                clock.instant());
        audit.write("organisation.credential-added", id.toString(), Map.of("type", credential.type()));
        return get(orgId, id);
    }

    /** Adds a credential together with its file: both or neither. */
    @RolesAllowed(Roles.ORG_ADMIN)
    public CredentialView addWithFile(UUID orgId, NewCredential credential, String fileName, byte[] content) {
        return attach(orgId, add(orgId, credential).id(), fileName, content, null);
    }

    /**
     * Adds or replaces the file of a credential that nobody has verified yet.
     *
     * @param expectedSha256 what the sender computed, or null
     */
    @RolesAllowed(Roles.ORG_ADMIN)
    public CredentialView attach(
            UUID orgId, UUID id, String fileName, byte[] content, @Nullable String expectedSha256) {
        requireOwn(caller, orgId);
        if (get(orgId, id).verifiedAt() != null) {
            throw new Conflict("organisation.credential-verified", "A verified credential keeps its file");
        }
        if (content.length > LARGEST_FILE) {
            throw new RuleViolation("organisation.file-too-large", "A file has at most 10 MiB")
                    .at("/file", "at most 10 MiB");
        }
        String type = FileTypes.of(content);
        if (type == null) {
            throw new RuleViolation("organisation.file-type", "PDF, PNG or JPEG only").at("/file", "PDF, PNG or JPEG");
        }
        String sha256 = sha256(content);
        if (expectedSha256 != null && !expectedSha256.equalsIgnoreCase(sha256)) {
            throw new RuleViolation("organisation.file-damaged", "The file is not what was sent").at("/sha256", sha256);
        }
        UUID document = Ids.next();
        sql.update(
                "insert into organisation.document(id, org_id, name, content_type, size, sha256, content, added_by, added_at) values (?,?,?,?,?,?,?,?,?)",
                document,
                orgId,
                fileName,
                type,
                content.length,
                sha256,
                content,
                caller.personId(),
                clock.instant());
        sql.update(
                "update organisation.credential set document_id = ?, sha256 = ?, version = version + 1 where id = ? and org_id = ?",
                document,
                sha256,
                id,
                orgId);
        exhibits.submit(
                EvidenceOf.of(EvidenceKind.CREDENTIAL_FILE, document),
                orgId,
                Map.of("credential", id, "sha256", sha256, "size", content.length, "mediaType", type));
        audit.write("organisation.credential-file", id.toString(), Map.of("document", document));
        return get(orgId, id);
    }

    /** The file, after its bytes were compared with the hash that was stored when it came. */
    @RolesAllowed("**")
    public StoredFile file(UUID orgId, UUID id) {
        requireSight(caller, orgId);
        StoredFile file = sql.first(
                        """
                        select d.name, d.content_type, d.content, c.sha256
                          from organisation.credential c join organisation.document d on d.id = c.document_id
                         where c.org_id = ? and c.id = ? and c.withdrawn_at is null""",
                        rs -> new StoredFile(rs.getString(1), rs.getString(2), rs.getBytes(3), rs.getString(4)),
                        orgId,
                        id)
                .orElseThrow(() -> new NotFound("organisation.file-not-found", "No file yet"));
        if (!sha256(file.content()).equals(file.sha256())) {
            throw new Conflict("organisation.file-changed", "The stored file is not the one that was handed in");
        }
        return file;
    }

    @RolesAllowed(Roles.ORG_ADMIN)
    public void withdraw(UUID orgId, UUID id) {
        requireOwn(caller, orgId);
        if (get(orgId, id).verifiedAt() != null) {
            throw new Conflict("organisation.credential-verified", "A verified credential stays");
        }
        sql.update(
                "update organisation.credential set withdrawn_at = ?, version = version + 1 where id = ? and org_id = ?",
                clock.instant(),
                id,
                orgId);
        audit.write("organisation.credential-withdrawn", id.toString(), Map.of());
    }

    /** The types that an organisation of the kind may show, mandatory ones first. */
    @RolesAllowed("**")
    public List<CredentialType> types() {
        return sql.list(
                "select code, name_zh, name_en from organisation.credential_type order by code",
                rs -> new CredentialType(rs.getString(1), rs.getString(2), rs.getString(3)));
    }

    static void requireSight(Caller caller, UUID orgId) {
        if (caller.scope() == Scope.MEMBER && !caller.orgId().equals(orgId)) {
            throw new NotFound("organisation.not-found", "No such organisation");
        }
    }

    static void requireOwn(Caller caller, UUID orgId) {
        if (!caller.orgId().equals(orgId)) {
            requireSight(caller, orgId);
            throw new NotPermitted("organisation.not-yours", "Only its own people do this");
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CredentialView read(ResultSet rs) throws SQLException {
        long size = rs.getLong("size");
        return new CredentialView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getObject("org_id", UUID.class),
                rs.getString("credential_type"),
                rs.getString("type_zh"),
                rs.getString("type_en"),
                rs.getString("number"),
                rs.getString("issuer"),
                rs.getString("scope"),
                java.util.Objects.requireNonNull(Sql.day(rs, "valid_from")),
                Sql.day(rs, "valid_to"),
                rs.getString("file_name"),
                rs.getString("content_type"),
                rs.getString("file_name") == null ? null : size,
                rs.getString("sha256"),
                rs.getTimestamp("added_at").toInstant(),
                Sql.instant(rs, "verified_at"));
    }

    /** A type of credential and what it is called. */
    public record CredentialType(String code, String nameZh, String nameEn) {

        public String name(String language) {
            return language.startsWith("zh") ? nameZh : nameEn;
        }
    }
}
