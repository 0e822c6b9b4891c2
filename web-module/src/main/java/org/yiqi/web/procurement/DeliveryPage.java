package org.yiqi.web.procurement;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.AcceptanceCheck;
import org.yiqi.procurement.AcceptanceHat;
import org.yiqi.procurement.ContractState;
import org.yiqi.procurement.ContractView;
import org.yiqi.procurement.Contracts;
import org.yiqi.procurement.Deliveries;
import org.yiqi.procurement.DeliveryView;
import org.yiqi.procurement.DeliveryView.UnitState;
import org.yiqi.procurement.UnitHandovers;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** Delivery by scan for the supplier, measuring and acceptance for the buyer. */
@Named
@ViewScoped
public class DeliveryPage implements Serializable {

    @Inject
    Contracts contracts;

    @Inject
    Deliveries deliveries;

    @Inject
    UnitHandovers handovers;

    @Inject
    Caller caller;

    private String id = "";
    private @Nullable ContractView contract;
    private @Nullable DeliveryView delivery;
    private List<Line> lines = List.of();
    private int item = 1;
    private String udi = "";
    private String unit = "";
    private String defects = "";
    private String assetTag = "";

    /** Reads the contract of the address and what was delivered. */
    public void open() {
        ContractView seen = contracts.get(TenderPage.uuid(id));
        contract = seen;
        delivery = deliveries.of(seen.id());
        if (isBuyer()
                && (caller.has("EQUIPMENT")
                        || caller.has("CLINICAL")
                        || caller.has("FINANCE")
                        || caller.has("COMMITTEE"))) {
            List<Line> all = new ArrayList<>();
            deliveries.checks(seen.id()).forEach(check -> all.add(new Line(check)));
            lines = all;
        }
    }

    public String deliver() {
        return to(deliveries.deliver(shown().id(), item, udi));
    }

    public String judge() {
        Map<String, BigDecimal> values = new HashMap<>();
        for (Line line : lines) {
            BigDecimal value = line.value;
            if (value != null) {
                values.put(line.check.code(), value);
            }
        }
        return to(deliveries.judge(shown().id(), TenderPage.uuid(unit), values, defects));
    }

    public String sign(AcceptanceHat hat) {
        return to(deliveries.sign(shown().id(), hat));
    }

    public String takeIn(UUID which) {
        return to(handovers.takeIn(shown().id(), which, assetTag));
    }

    public String handOver() {
        return to(handovers.handOver(shown().id()));
    }

    /** Whether the supplier has devices to register or to sign over. */
    public boolean isToHandOver() {
        DeliveryView seen = delivery;
        return seen != null
                && isSupplier()
                && seen.units().stream()
                        .anyMatch(u -> u.state() != UnitState.DELIVERED
                                && (u.unitId() == null
                                        || (u.acceptedAt() != null && u.handoverAct() == null && u.takenAt() == null)));
    }

    private static String to(DeliveryView view) {
        return "/procurement/delivery?faces-redirect=true&id=" + view.contractId();
    }

    private ContractView shown() {
        ContractView seen = contract;
        if (seen == null) {
            throw new NotFound("procurement.contract-not-found", "No such contract");
        }
        return seen;
    }

    public boolean isBuyer() {
        return shown().buyerId().equals(caller.orgId());
    }

    public boolean isSupplier() {
        return shown().supplierId().equals(caller.orgId());
    }

    public boolean isInForce() {
        return shown().state() == ContractState.EFFECTIVE || shown().state() == ContractState.AMENDING;
    }

    /** The items of the contract, by their position. */
    public List<SelectItem> getChoices() {
        List<SelectItem> choices = new ArrayList<>();
        for (int i = 0; i < shown().items().size(); i++) {
            choices.add(new SelectItem(i + 1, shown().items().get(i).description()));
        }
        return choices;
    }

    /** Devices that were not accepted and may be measured. */
    public List<DeliveryView.Unit> getToMeasure() {
        DeliveryView seen = delivery;
        return seen == null || !seen.signatures().isEmpty()
                ? List.of()
                : seen.units().stream().filter(u -> u.acceptedAt() == null).toList();
    }

    /** For whom the reader may still sign. */
    public List<AcceptanceHat> getHats() {
        List<AcceptanceHat> hats = new ArrayList<>();
        DeliveryView seen = delivery;
        if (seen == null
                || !isBuyer()
                || !isInForce()
                || !seen.isJudged()
                || seen.outcome().equals("ACCEPTED")) {
            return hats;
        }
        for (AcceptanceHat hat : AcceptanceHat.values()) {
            boolean wears = caller.has(hat.name()) || (hat == AcceptanceHat.FINANCE && caller.has("COMMITTEE"));
            boolean open = seen.signatures().stream()
                    .noneMatch(s -> s.hat() == hat || s.personId().equals(caller.personId()));
            if (wears && open) {
                hats.add(hat);
            }
        }
        return hats;
    }

    public String kind(UnitState state) {
        return switch (state) {
            case DELIVERED -> "info";
            case PASSED -> "ok";
            case FAILED -> "bad";
        };
    }

    public @Nullable ContractView getContract() {
        return contract;
    }

    public @Nullable DeliveryView getDelivery() {
        return delivery;
    }

    public List<Line> getLines() {
        return lines;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public int getItem() {
        return item;
    }

    public void setItem(int item) {
        this.item = item;
    }

    public String getUdi() {
        return udi;
    }

    public void setUdi(String udi) {
        this.udi = udi;
    }

    public String getUnit() {
        return unit;
    }

    public void setUnit(String unit) {
        this.unit = unit;
    }

    public String getDefects() {
        return defects;
    }

    public void setDefects(String defects) {
        this.defects = defects;
    }

    public String getAssetTag() {
        return assetTag;
    }

    public void setAssetTag(String assetTag) {
        this.assetTag = assetTag;
    }

    /** A check as its number is being written. */
    public static final class Line implements Serializable {
        private final AcceptanceCheck check;
        private @Nullable BigDecimal value;

        Line(AcceptanceCheck check) {
            this.check = check;
        }

        public AcceptanceCheck getCheck() {
            return check;
        }

        public @Nullable BigDecimal getValue() {
            return value;
        }

        public void setValue(@Nullable BigDecimal value) {
            this.value = value;
        }
    }
}
