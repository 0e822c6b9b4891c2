package org.yiqi.web.disposal;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.Dismantlings;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.DisposalView.RecoveredPart;
import org.yiqi.disposal.Redeployments;
import org.yiqi.maintenance.Parts;
import org.yiqi.maintenance.StationView;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.rental.Pages;

/** The ways of a unit that is not sold, on the page of {@link DisposalPage}. */
@Named
@ViewScoped
public class DisposalWaysPage implements Serializable {

    @Inject
    Redeployments redeployments;

    @Inject
    Dismantlings dismantlings;

    @Inject
    Organisations organisations;

    @Inject
    Parts stock;

    @Inject
    Caller caller;

    private String receiver = "";
    private String assetTag = "";
    private String department = "";
    private String site = "";
    private String text = "";
    private String recycler = "";
    private String number = "";
    private final List<PartLine> parts = new ArrayList<>(List.of(new PartLine()));
    private final Weights weights = new Weights();

    /** A part as it is typed. */
    public static final class PartLine implements Serializable {

        private String number = "";
        private String name = "";
        private @Nullable Integer quantity = 1;
        private String serial = "";
        private @Nullable BigDecimal value;
        private String station = "";

        private boolean isBlank() {
            return number.isBlank() && name.isBlank() && serial.isBlank() && value == null;
        }

        private RecoveredPart part(String currency) {
            return new RecoveredPart(
                    number,
                    name,
                    quantity == null ? 0 : quantity,
                    serial,
                    value == null ? Money.zero(currency) : Money.of(value, currency),
                    DisposalPage.uuid(station));
        }

        public String getNumber() {
            return number;
        }

        public void setNumber(@Nullable String number) {
            this.number = number == null ? "" : number;
        }

        public String getName() {
            return name;
        }

        public void setName(@Nullable String name) {
            this.name = name == null ? "" : name;
        }

        public @Nullable Integer getQuantity() {
            return quantity;
        }

        public void setQuantity(@Nullable Integer quantity) {
            this.quantity = quantity;
        }

        public String getSerial() {
            return serial;
        }

        public void setSerial(@Nullable String serial) {
            this.serial = serial == null ? "" : serial;
        }

        public @Nullable BigDecimal getValue() {
            return value;
        }

        public void setValue(@Nullable BigDecimal value) {
            this.value = value;
        }

        public String getStation() {
            return station;
        }

        public void setStation(@Nullable String station) {
            this.station = station == null ? "" : station;
        }
    }

    /** Whether the reader is asked to take the unit over. */
    public boolean isAsked(DisposalView disposal) {
        return disposal.isPassedOn() && caller.orgId().equals(disposal.takerId()) && disposal.actId() == null;
    }

    /** Whether the reader may receive what another person gave to a department. */
    public boolean isReceiver(DisposalView disposal) {
        DisposalView.Route route = disposal.route();
        return route != null
                && caller.orgId().equals(disposal.organisationId())
                && !caller.personId().equals(route.movedBy());
    }

    /** Whether the reader takes the rest of a unit that was taken apart. */
    public boolean isRecycler(DisposalView disposal) {
        return caller.orgId().equals(disposal.recyclerId());
    }

    public String offer(UUID id) {
        return DisposalPage.to(redeployments.offer(id, DisposalPage.uuid(receiver)));
    }

    public String accept(UUID id) {
        return DisposalPage.to(redeployments.accept(id, assetTag));
    }

    public String decline(UUID id) {
        redeployments.decline(id, text);
        return "/disposal/disposals?faces-redirect=true";
    }

    public String move(UUID id) {
        return DisposalPage.to(redeployments.move(id, department, site));
    }

    public String receive(UUID id) {
        return DisposalPage.to(redeployments.receive(id));
    }

    public String refurbish(UUID id) {
        return DisposalPage.to(redeployments.refurbish(id, text));
    }

    public void addPart() {
        parts.add(new PartLine());
    }

    public String dismantle(DisposalView disposal) {
        DisposalView.Valuation valuation = disposal.valuation();
        String currency = valuation == null ? "CNY" : valuation.likely().currency();
        return DisposalPage.to(dismantlings.dismantle(
                disposal.id(),
                new Dismantlings.Dismantling(
                        DisposalPage.uuid(recycler),
                        number,
                        parts.stream()
                                .filter(p -> !p.isBlank())
                                .map(p -> p.part(currency))
                                .toList(),
                        weights.read())));
    }

    public String takeRest(UUID id) {
        return DisposalPage.to(dismantlings.takeRest(id));
    }

    /** Hospitals that could use the unit on. */
    public List<OrganisationView> getHospitals() {
        return organisations.list(Pages.approved("HOSPITAL")).items().stream()
                .filter(o -> !o.id().equals(caller.orgId()))
                .toList();
    }

    public List<OrganisationView> getRecyclers() {
        return organisations.list(Pages.approved("RECYCLER")).items();
    }

    public List<StationView> getStations() {
        return stock.stations(ListQuery.all().where("active", "true")).items();
    }

    public String getReceiver() {
        return receiver;
    }

    public void setReceiver(@Nullable String receiver) {
        this.receiver = receiver == null ? "" : receiver;
    }

    public String getAssetTag() {
        return assetTag;
    }

    public void setAssetTag(@Nullable String assetTag) {
        this.assetTag = assetTag == null ? "" : assetTag;
    }

    public String getDepartment() {
        return department;
    }

    public void setDepartment(@Nullable String department) {
        this.department = department == null ? "" : department;
    }

    public String getSite() {
        return site;
    }

    public void setSite(@Nullable String site) {
        this.site = site == null ? "" : site;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }

    public String getRecycler() {
        return recycler;
    }

    public void setRecycler(@Nullable String recycler) {
        this.recycler = recycler == null ? "" : recycler;
    }

    public String getNumber() {
        return number;
    }

    public void setNumber(@Nullable String number) {
        this.number = number == null ? "" : number;
    }

    public List<PartLine> getParts() {
        return parts;
    }

    public Weights getWeights() {
        return weights;
    }
}
