package org.yiqi.maintenance;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Reports of a fault without a login, by the code on the unit's label. The code is random, so knowing it means standing before
 * the unit; still nothing is told but model and asset tag, and each source may report a few times an hour only.
 */
@Stateless
@Secured
@PermitAll
@RunAs(Roles.SYSTEM)
public class FaultReports {

    public static final int PER_SOURCE_AND_HOUR = 10;
    private static final int PER_UNIT_AND_HOUR = 20;
    private static final int LOOKS_PER_SOURCE_AND_HOUR = 60;
    private static final int MOST_PHOTOS = 3;
    private static final int LONGEST = 2000;

    @Inject
    BackgroundWork work;

    @Inject
    RateLimit limit;

    @Inject
    Units units;

    @Inject
    Database database;

    @Inject
    Caller caller;

    /** What the label's page shows. */
    public record Labelled(String modelNameZh, String modelNameEn, String assetTag) {}

    /** What the reporter can quote. */
    public record Receipt(String reference) {}

    /**
     * The unit behind a label.
     *
     * @param source the network address that asks
     * @throws NotFound {@code maintenance.label-unknown}
     * @throws Conflict {@code maintenance.too-many-reports}
     */
    public Labelled look(String label, String source) {
        limit.count("look:" + source, LOOKS_PER_SOURCE_AND_HOUR);
        UnitView unit = unit(label);
        return new Labelled(unit.model().name("zh"), unit.model().name("en"), unit.assetTag());
    }

    /** Opens an order, or joins the one that is open for the same symptom. */
    public Receipt report(FaultReport report, String source) {
        limit.count("from:" + source, PER_SOURCE_AND_HOUR);
        if (report.description().isBlank()) {
            throw new RuleViolation("maintenance.description-missing", "Say what is wrong")
                    .at("/description", "required");
        }
        if (report.description().length() > LONGEST) {
            throw new RuleViolation("maintenance.description-too-long", "At most " + LONGEST + " characters")
                    .at("/description", "at most " + LONGEST);
        }
        List<Attachment> photos = report.photos();
        if (photos.size() > MOST_PHOTOS) {
            throw new RuleViolation("maintenance.too-many-files", "At most " + MOST_PHOTOS + " photos")
                    .at("/photo", "at most " + MOST_PHOTOS);
        }
        if (photos.stream().anyMatch(p -> !p.mediaType().startsWith("image/"))) {
            throw new RuleViolation("maintenance.attachment-kind", "A JPEG or PNG photo").at("/photo", "JPEG or PNG");
        }
        UnitView unit = unit(report.label());
        limit.count("unit:" + unit.id(), PER_UNIT_AND_HOUR);
        AtomicReference<UUID> order = new AtomicReference<>();
        caller.asSystem(() -> order.set(work.report(
                unit.id(),
                Opening.report(
                        RequestSource.PUBLIC, null, null, report.symptom(), report.description(), report.danger()),
                photos)));
        return new Receipt(numberOf(Optional.ofNullable(order.get()).orElseThrow()));
    }

    private UnitView unit(String label) {
        List<UnitView> found = new ArrayList<>();
        caller.asSystem(() -> units.byLabel(label).ifPresent(found::add));
        if (found.isEmpty()) {
            throw new NotFound("maintenance.label-unknown", "No unit has this label");
        }
        return found.get(0);
    }

    private String numberOf(UUID order) {
        return database.beyondTenant(c -> database.one(
                        "select number from maintenance.work_order where id = ?", rs -> rs.getString(1), order)
                .orElse(""));
    }
}
