package org.yiqi.web.rental;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.Attachment;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.rental.Damage;
import org.yiqi.rental.DamagePhoto;
import org.yiqi.rental.Liabilities;
import org.yiqi.rental.LiabilityRole;
import org.yiqi.rental.LiabilityView;
import org.yiqi.rental.RentalView;
import org.yiqi.rental.Rentals;
import org.yiqi.rental.ReportDamage;
import org.yiqi.shared.problem.NotFound;

/** Reports a damage of a unit, from its page, from its label's code, or from the rental in which it was found. */
@Named
@ViewScoped
public class DamagePage implements Serializable {

    @Inject
    Liabilities liabilities;

    @Inject
    Units units;

    @Inject
    Rentals rentals;

    @Inject
    Organisations organisations;

    @Inject
    Clock clock;

    private String unitId = "";
    private String rentalId = "";
    private String label = "";
    private @Nullable UnitView unit;
    private Damage damage = Damage.IMPACT;
    private String description = "";
    private String discovered = "";
    private boolean harm;
    private String other = "";
    private LiabilityRole role = LiabilityRole.CARRIER;
    private transient @Nullable Part photo;

    /** Finds the unit of the address: by its id, its label or its rental. */
    public void open() {
        UnitView found = find();
        unit = found;
        if (discovered.isEmpty()) {
            discovered = Pages.local(clock.instant());
        }
    }

    private UnitView find() {
        if (!rentalId.isEmpty()) {
            RentalView rental = rentals.get(Pages.id(rentalId));
            Instant back = rental.journey().returnedAt();
            if (back != null) {
                discovered = Pages.local(back);
            }
            description = rental.journey().damage();
            return units.get(rental.unitId());
        }
        if (!label.isEmpty()) {
            return units.byLabel(label)
                    .orElseThrow(() -> new NotFound("equipment.unit-not-found", "No unit has this label"));
        }
        return units.get(Pages.id(unitId));
    }

    public String report() {
        UnitView shown = getUnit();
        List<ReportDamage.Named> others = new ArrayList<>();
        if (!other.isEmpty()) {
            others.add(new ReportDamage.Named(Pages.id(other), role));
        }
        LiabilityView view = liabilities.report(new ReportDamage(
                shown.id(),
                rentalId.isEmpty() ? null : Pages.id(rentalId),
                damage,
                description,
                Pages.time(discovered, "discoveredAt"),
                harm,
                others,
                photos()));
        return "/rental/liability?faces-redirect=true&id=" + view.id();
    }

    /** The photo that was chosen, if one was. */
    private List<DamagePhoto> photos() {
        Part file = photo;
        if (file == null || file.getSize() == 0) {
            return List.of();
        }
        try (InputStream in = file.getInputStream()) {
            String name = file.getSubmittedFileName();
            return List.of(new DamagePhoto(name == null ? "" : name, in.readNBytes(Attachment.LARGEST + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public UnitView getUnit() {
        UnitView shown = unit;
        if (shown == null) {
            throw new NotFound("equipment.unit-not-found", "No such unit");
        }
        return shown;
    }

    /** Carriers, suppliers and others who may have to answer. */
    public List<OrganisationView> getOrganisations() {
        return organisations
                .list(Pages.approved("CARRIER", "SUPPLIER", "SERVICE", "PLATFORM"))
                .items();
    }

    public String getUnitId() {
        return unitId;
    }

    public void setUnitId(@Nullable String unitId) {
        this.unitId = unitId == null ? "" : unitId;
    }

    public String getRentalId() {
        return rentalId;
    }

    public void setRentalId(@Nullable String rentalId) {
        this.rentalId = rentalId == null ? "" : rentalId;
    }

    public String getLabel() {
        return label;
    }

    public void setLabel(@Nullable String label) {
        this.label = label == null ? "" : label;
    }

    public Damage getDamage() {
        return damage;
    }

    public void setDamage(Damage damage) {
        this.damage = damage;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(@Nullable String description) {
        this.description = description == null ? "" : description;
    }

    public String getDiscovered() {
        return discovered;
    }

    public void setDiscovered(@Nullable String discovered) {
        this.discovered = discovered == null ? "" : discovered;
    }

    public boolean isHarm() {
        return harm;
    }

    public void setHarm(boolean harm) {
        this.harm = harm;
    }

    public String getOther() {
        return other;
    }

    public void setOther(@Nullable String other) {
        this.other = other == null ? "" : other;
    }

    public LiabilityRole getRole() {
        return role;
    }

    public void setRole(LiabilityRole role) {
        this.role = role;
    }

    public @Nullable Part getPhoto() {
        return photo;
    }

    public void setPhoto(@Nullable Part photo) {
        this.photo = photo;
    }
}
