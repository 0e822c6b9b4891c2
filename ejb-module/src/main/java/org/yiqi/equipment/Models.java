package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.udi.Udi;
import org.yiqi.equipment.udi.UdiIssuer;
import org.yiqi.equipment.udi.UdiRefused;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** The catalogue of models, common to all members. */
@Stateless
@Secured
public class Models {

    private static final Listing<ModelView> LISTING = Listing.of("m.*", "equipment.model m", "m.id", Models::view)
            .sort("nameEn", "m.name_en", "text")
            .sort("nameZh", "m.name_zh", "text")
            .sort("manufacturer", "m.manufacturer", "text")
            .sort("category", "m.category", "text")
            .sort("updatedAt", "m.updated_at", "timestamptz")
            .defaultSort("-updatedAt")
            .filter("id", "m.id", "uuid")
            .filter("issuer", "m.issuer", "text")
            .filter("deviceIdentifier", "m.device_identifier", "text")
            .filter("category", "m.category", "text")
            .filter("deviceClass", "m.device_class", "text")
            .filter("manufacturer", "m.manufacturer", "text")
            .filter("source", "m.source", "text")
            .search("(m.name_zh || ' ' || m.name_en || ' ' || m.manufacturer || ' ' || m.model_number || ' ' ||"
                    + " coalesce(m.device_identifier, '') || ' ' || m.gmdn_name) ilike '%' || ? || '%'");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @RolesAllowed("**")
    public Page<ModelView> list(ListQuery query) {
        return Sql.in(dataSource, c -> LISTING.page(c, query));
    }

    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<ModelView> consumer) {
        Sql.in(dataSource, c -> {
            LISTING.forEach(c, query, consumer);
            return true;
        });
    }

    /** @throws NotFound {@code equipment.model-not-found} */
    @RolesAllowed("**")
    public ModelView get(UUID id) {
        return Sql.in(dataSource, c -> Sql.one(c, "select * from equipment.model m where id = ?", Models::view, id))
                .orElseThrow(() -> new NotFound("equipment.model-not-found", "No such model"));
    }

    /** The model that a device identifier names. */
    @RolesAllowed("**")
    public Optional<ModelView> byDeviceIdentifier(String deviceIdentifier) {
        return Sql.in(
                dataSource,
                c -> Sql.one(
                        c,
                        "select * from equipment.model m where device_identifier = ? or ? = any(other_identifiers) limit 1",
                        Models::view,
                        deviceIdentifier,
                        deviceIdentifier));
    }

    /** Adds a model; who added it, or the platform, may correct it later. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public ModelView add(DescribeModel model) {
        check(model);
        UUID id = Ids.next();
        Instant now = clock.instant();
        Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        """
                        insert into equipment.model(id, issuer, device_identifier, name_zh, name_en, manufacturer, model_number,
                          catalog_number, category, device_class, registration_number, gmdn_name, description, parameters,
                          life_years, source, created_by, created_at, updated_at)
                        values (?,?,?,?,?,?,?,?,?,?,?,?,?,cast(? as jsonb),?,'MANUAL',?,?,?)""",
                        id,
                        model.issuer(),
                        model.deviceIdentifier(),
                        text(model.nameZh()),
                        text(model.nameEn()),
                        model.manufacturer(),
                        text(model.modelNumber()),
                        text(model.catalogNumber()),
                        category(model),
                        text(model.deviceClass()),
                        text(model.registrationNumber()),
                        text(model.gmdnName()),
                        text(model.description()),
                        HistoryLog.json(parameters(model)),
                        model.lifeYears(),
                        caller.orgId(),
                        now,
                        now));
        audit.write("equipment.model-added", id.toString(), Map.of("manufacturer", model.manufacturer()));
        return get(id);
    }

    /** @throws StaleVersion when someone changed it since {@code seenVersion} */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SUPPLIER, Roles.PLATFORM_OPERATOR})
    public ModelView change(UUID id, long seenVersion, DescribeModel model) {
        check(model);
        StaleVersion.check(seenVersion, get(id).version());
        int changed = Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        """
                        update equipment.model set version = version + 1, issuer = ?, device_identifier = ?, name_zh = ?,
                          name_en = ?, manufacturer = ?, model_number = ?, catalog_number = ?, category = ?, device_class = ?,
                          registration_number = ?, gmdn_name = ?, description = ?, parameters = cast(? as jsonb),
                          life_years = ?, fingerprint = '', updated_at = ?
                        where id = ? and version = ? and (created_by = ? or ?)""",
                        model.issuer(),
                        model.deviceIdentifier(),
                        text(model.nameZh()),
                        text(model.nameEn()),
                        model.manufacturer(),
                        text(model.modelNumber()),
                        text(model.catalogNumber()),
                        category(model),
                        text(model.deviceClass()),
                        text(model.registrationNumber()),
                        text(model.gmdnName()),
                        text(model.description()),
                        HistoryLog.json(parameters(model)),
                        model.lifeYears(),
                        clock.instant(),
                        id,
                        seenVersion,
                        caller.orgId(),
                        caller.scope() == Scope.PLATFORM));
        if (changed != 1) {
            throw new NotPermitted("equipment.not-your-model", "Who added a model corrects it, or the platform");
        }
        audit.write("equipment.model-changed", id.toString(), Map.of("version", seenVersion + 1));
        return get(id);
    }

    private static void check(DescribeModel model) {
        RuleViolation refusal = new RuleViolation("equipment.model-invalid", "Some fields do not fit together");
        if (text(model.nameZh()).isBlank() && text(model.nameEn()).isBlank()) {
            refusal.at("/nameZh", "one of the two names is needed");
        }
        if ((model.issuer() == null) != (model.deviceIdentifier() == null)) {
            refusal.at("/deviceIdentifier", "goes together with its issuer");
        } else if (model.issuer() != null && model.deviceIdentifier() != null) {
            try {
                Udi.checkDeviceIdentifier(UdiIssuer.valueOf(model.issuer()), model.deviceIdentifier());
            } catch (UdiRefused e) {
                throw new RuleViolation(e.code(), String.valueOf(e.getMessage()), e)
                        .at("/deviceIdentifier", String.valueOf(e.getMessage()));
            }
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
    }

    private static String category(DescribeModel model) {
        String given = model.category();
        return given == null ? Category.of(text(model.gmdnName()) + " " + text(model.nameEn())) : given;
    }

    private static Map<String, String> parameters(DescribeModel model) {
        Map<String, String> given = model.parameters();
        return given == null ? Map.of() : given;
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    static ModelView view(ResultSet rs) throws SQLException {
        int lifeYears = rs.getInt("life_years");
        return new ModelView(
                Sql.uuid(rs, "id"),
                rs.getLong("version"),
                rs.getString("issuer"),
                rs.getString("device_identifier"),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("manufacturer"),
                rs.getString("model_number"),
                rs.getString("catalog_number"),
                rs.getString("category"),
                rs.getString("device_class"),
                rs.getString("registration_number"),
                rs.getString("gmdn_name"),
                rs.getString("description"),
                Sql.texts(rs, "product_codes"),
                Sql.texts(rs, "other_identifiers"),
                HistoryLog.texts(rs.getString("parameters")),
                lifeYears == 0 ? null : lifeYears,
                rs.getString("source"),
                Sql.instant(rs, "created_at"),
                Sql.instant(rs, "updated_at"));
    }
}
