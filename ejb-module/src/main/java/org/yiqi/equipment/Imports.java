package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Files that bring models or units in. They are kept, then read in the background; whoever started one follows it. */
@Stateless
@Secured
public class Imports {

    private static final long LARGEST = 512L << 20;

    private static final Listing<ImportView> LISTING = Listing.of("i.*", "equipment.import i", "i.id", Imports::view)
            .sort("createdAt", "i.created_at", "timestamptz")
            .defaultSort("-createdAt")
            .filter("id", "i.id", "uuid")
            .filter("kind", "i.kind", "text")
            .filter("state", "i.state", "text");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<ImportQueued> queued;

    @Inject
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    /** Models for the catalogue: GUDID's XML or a zip of it, otherwise a table. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public ImportView models(String fileName, InputStream content) {
        return start(fileName, content, true);
    }

    /** Units of the caller's organisation: a table, CSV or XLSX. */
    @RolesAllowed(Roles.EQUIPMENT)
    public ImportView units(String fileName, InputStream content) {
        return start(fileName, content, false);
    }

    /** @throws NotFound {@code equipment.import-not-found} */
    @RolesAllowed("**")
    public ImportView get(UUID id) {
        return Sql.in(dataSource, c -> Sql.one(c, "select * from equipment.import where id = ?", Imports::view, id))
                .orElseThrow(() -> new NotFound("equipment.import-not-found", "No such import"));
    }

    @RolesAllowed("**")
    public Page<ImportView> list(ListQuery query) {
        return Sql.in(dataSource, c -> LISTING.page(c, query));
    }

    /** The rows that were left out, in the order of the file; the first 10,000. */
    @RolesAllowed("**")
    public List<ImportError> errors(UUID id) {
        get(id);
        return Sql.in(
                dataSource,
                c -> Sql.all(
                        c,
                        "select * from equipment.import_error where import_id = ? order by line, key limit 10000",
                        rs -> new ImportError(
                                rs.getInt("line"), rs.getString("key"), rs.getString("code"), rs.getString("message")),
                        id));
    }

    private ImportView start(String fileName, InputStream content, boolean models) {
        UUID id = Ids.next();
        Path file = file(dataDir, id);
        long size = store(content, file);
        ImportKind kind = !models ? ImportKind.UNITS : isGudid(file) ? ImportKind.MODELS_GUDID : ImportKind.MODELS_CSV;
        Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        """
                        insert into equipment.import(id, kind, state, org_id, person_id, file_name, total_bytes, created_at)
                        values (?,?,'QUEUED',?,?,?,?,?)""",
                        id,
                        kind,
                        caller.orgId(),
                        caller.personId(),
                        cleanName(fileName),
                        size,
                        clock.instant()));
        audit.write("equipment.import-started", id.toString(), Map.of("kind", kind.name(), "bytes", size));
        queued.fire(new ImportQueued(id));
        return get(id);
    }

    static Path file(String dataDir, UUID id) {
        return Path.of(dataDir, "imports", id.toString());
    }

    private static String cleanName(String fileName) {
        String name = fileName.replaceAll("[\\p{Cntrl}/\\\\]", "_").strip();
        return name.isEmpty() ? "file" : name.length() > 200 ? name.substring(0, 200) : name;
    }

    private static long store(InputStream content, Path file) {
        try {
            Files.createDirectories(file.getParent());
            long size = 0;
            try (OutputStream out = Files.newOutputStream(file)) {
                byte[] buffer = new byte[1 << 16];
                for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    size += n;
                    if (size > LARGEST) {
                        break;
                    }
                    out.write(buffer, 0, n);
                }
            }
            if (size == 0 || size > LARGEST) {
                Files.delete(file);
                throw new RuleViolation(
                        size == 0 ? "equipment.file-empty" : "equipment.file-too-large",
                        size == 0 ? "The file is empty" : "The file is larger than 512 MB");
            }
            return size;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table is neither XML nor a zip without a workbook in it. */
    private static boolean isGudid(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4096);
            String text = new String(start, StandardCharsets.ISO_8859_1);
            if (text.startsWith("PK")) {
                return !text.contains("[Content_Types].xml") && !text.contains("xl/");
            }
            return text.replace("\u00ef\u00bb\u00bf", "").stripLeading().startsWith("<");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImportView view(ResultSet rs) throws SQLException {
        return new ImportView(
                Sql.uuid(rs, "id"),
                ImportKind.valueOf(rs.getString("kind")),
                ImportState.valueOf(rs.getString("state")),
                rs.getString("file_name"),
                rs.getLong("total_bytes"),
                rs.getLong("read_bytes"),
                rs.getInt("rows_read"),
                rs.getInt("rows_created"),
                rs.getInt("rows_updated"),
                rs.getInt("rows_unchanged"),
                rs.getInt("rows_refused"),
                rs.getString("message"),
                Sql.instant(rs, "created_at"),
                Sql.instantOrNull(rs, "finished_at"));
    }
}
