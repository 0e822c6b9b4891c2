package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.equipment.FileContent;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/** The files of a tender. They are added to the draft; what was published stays as it was signed. */
@Stateless
@Secured
public class TenderDocuments {

    private static final int LARGEST = 20 << 20;
    private static final int MOST = 30;

    @Inject
    Sql sql;

    @Inject
    TenderStore store;

    @Inject
    Tenders tenders;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** The files of a tender that the caller may read. */
    @PermitAll
    public List<TenderDocument> of(UUID tender) {
        store.mustExist(tender);
        return store.documents(tender);
    }

    /** @throws NotFound {@code procurement.document-not-found} */
    @PermitAll
    public TenderDocument get(UUID tender, UUID document) {
        return of(tender).stream()
                .filter(d -> d.id().equals(document))
                .findFirst()
                .orElseThrow(() -> new NotFound("procurement.document-not-found", "No such document"));
    }

    /** @throws NotFound {@code procurement.document-not-found} */
    @PermitAll
    public byte[] content(UUID tender, UUID document) {
        store.mustExist(tender);
        return sql.first(
                        "select content from procurement.tender_document where id = ? and tender_id = ?",
                        rs -> rs.getBytes(1),
                        document,
                        tender)
                .orElseThrow(() -> new NotFound("procurement.document-not-found", "No such document"));
    }

    /**
     * Adds a file to a draft.
     *
     * @throws RuleViolation {@code procurement.file-invalid}
     * @throws Conflict {@code procurement.document-known} when the same file is there already
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public TenderDocument add(UUID tenderId, long seen, String name, InputStream content) {
        TenderView tender = tenders.own(tenderId, seen, TenderState.DRAFT);
        byte[] bytes = read(content);
        String mediaType = FileContent.mediaType(bytes).orElse("");
        new Limits("procurement.file-invalid", "The file does not fit")
                .check("/file", bytes.length > 0 && bytes.length <= LARGEST, "1 byte to 20 MB")
                .check("/file", !mediaType.isEmpty(), "PDF, PNG, JPEG or WebP")
                .text("/name", name, 200)
                .check("/file", store.documents(tender.id()).size() < MOST, "at most " + MOST + " files")
                .refuse();
        UUID id = Ids.next();
        sql.update("""
                insert into procurement.tender_document(id, tender_id, name, media_type, size, sha256, content, added_at)
                values (?,?,?,?,?,?,?,?)""", id, tenderId, name.strip(), mediaType, bytes.length, sha256(bytes), bytes, clock.instant());
        sql.update("update procurement.tender set version = version + 1 where id = ?", tenderId);
        audit.write("procurement.tender-document-added", tenderId.toString(), Map.of("document", id));
        return get(tenderId, id);
    }

    /** Takes a file off a draft. */
    @RolesAllowed(Roles.EQUIPMENT)
    public TenderView remove(UUID tenderId, long seen, UUID document) {
        tenders.own(tenderId, seen, TenderState.DRAFT);
        int removed = sql.update(
                "delete from procurement.tender_document where id = ? and tender_id = ?", document, tenderId);
        if (removed == 0) {
            throw new NotFound("procurement.document-not-found", "No such document");
        }
        sql.update("update procurement.tender set version = version + 1 where id = ?", tenderId);
        audit.write("procurement.tender-document-removed", tenderId.toString(), Map.of("document", document));
        return tenders.get(tenderId);
    }

    private static byte[] read(InputStream content) {
        try {
            return content.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
