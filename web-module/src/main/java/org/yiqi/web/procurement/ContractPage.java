package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.ContractMilestones;
import org.yiqi.procurement.ContractSigning;
import org.yiqi.procurement.ContractState;
import org.yiqi.procurement.ContractView;
import org.yiqi.procurement.ContractView.Milestone;
import org.yiqi.procurement.Contracts;
import org.yiqi.procurement.MilestoneKind;
import org.yiqi.procurement.MilestoneState;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Formats;

/** A contract for its two sides: what waits for whom, milestones, payments, documents. */
@Named
@ViewScoped
public class ContractPage implements Serializable {

    @Inject
    Contracts contracts;

    @Inject
    ContractSigning signing;

    @Inject
    ContractMilestones milestones;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    private String id = "";
    private @Nullable ContractView contract;
    private List<UUID> missing = List.of();
    private @Nullable BigDecimal amount;
    private String reason = "";
    private String note = "";
    private String reference = "";
    private @Nullable LocalDate expected;

    /** Reads the contract of the address. */
    public void open() {
        try {
            ContractView seen = contracts.get(UUID.fromString(id));
            contract = seen;
            missing = signing.missing(seen.id());
        } catch (IllegalArgumentException e) {
            throw new NotFound("procurement.contract-not-found", "No such contract", e);
        }
    }

    public String offer() {
        return to(contracts.offer(shown().id(), shown().version()));
    }

    public String accept() {
        return to(signing.accept(shown().id(), shown().version()));
    }

    public String sign() {
        return to(signing.sign(shown().id()));
    }

    public String amend() {
        BigDecimal wanted = amount;
        if (wanted == null) {
            throw new RuleViolation("procurement.contract-invalid", "An amount is needed").at("/amount", "needed");
        }
        Money money = Money.of(wanted, shown().amount().currency());
        return to(signing.amend(shown().id(), shown().version(), money, reason));
    }

    public String terminate() {
        return to(signing.terminate(shown().id(), shown().version(), reason));
    }

    public String expect(int position) {
        LocalDate day = expected;
        if (day == null) {
            throw new RuleViolation("procurement.contract-invalid", "A day is needed").at("/expected", "needed");
        }
        return to(milestones.expect(shown().id(), shown().version(), position, day));
    }

    public String report(int position) {
        return to(milestones.report(shown().id(), shown().version(), position, note));
    }

    public String decide(int position, MilestoneState outcome) {
        return to(milestones.decide(shown().id(), shown().version(), position, outcome, note));
    }

    public String pay(int position) {
        return to(milestones.pay(shown().id(), shown().version(), position, reference));
    }

    private static String to(ContractView view) {
        return "/procurement/contract?faces-redirect=true&id=" + view.id();
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

    public boolean isIn(String state) {
        return shown().state() == ContractState.valueOf(state);
    }

    /** Whether milestones move: in force, or while a change waits. */
    public boolean isInForce() {
        return isIn("EFFECTIVE") || isIn("AMENDING");
    }

    public boolean isMyTurn() {
        return missing.contains(caller.orgId());
    }

    /** Whether the buyer may end it now. */
    public boolean isEndable() {
        return isBuyer() && (isIn("DRAFTED") || isIn("OFFERED") || isIn("EFFECTIVE"));
    }

    public boolean reportable(Milestone m) {
        return m.kind() != MilestoneKind.ACCEPTANCE
                && isSupplier()
                && isInForce()
                && m.state() != MilestoneState.REPORTED
                && m.state() != MilestoneState.MET;
    }

    public boolean decidable(Milestone m) {
        return isBuyer() && isInForce() && m.state() == MilestoneState.REPORTED;
    }

    /** Whether the buyer may say that a milestone, whose day passed without a word, was not met. */
    public boolean missable(Milestone m) {
        return isBuyer() && isInForce() && m.kind() != MilestoneKind.ACCEPTANCE && m.overdue(today());
    }

    public boolean payable(Milestone m) {
        return isBuyer()
                && (isInForce() || isIn("TERMINATED"))
                && m.state() == MilestoneState.MET
                && m.paid() == null
                && m.payable().minor() > 0;
    }

    /** The word for a milestone: missed, when its day has passed without a report. */
    public String word(Milestone m) {
        return m.overdue(today()) && isInForce() ? "OVERDUE" : m.state().name();
    }

    public String kind(Milestone m) {
        return switch (word(m)) {
            case "MET" -> "ok";
            case "REPORTED" -> "info";
            case "PARTIALLY_MET" -> "warn";
            case "NOT_MET", "OVERDUE" -> "bad";
            default -> "mute";
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Formats.ZONE);
    }

    public @Nullable ContractView getContract() {
        return contract;
    }

    public List<UUID> getMissing() {
        return missing;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }

    public String getReference() {
        return reference;
    }

    public void setReference(String reference) {
        this.reference = reference;
    }

    public @Nullable LocalDate getExpected() {
        return expected;
    }

    public void setExpected(@Nullable LocalDate expected) {
        this.expected = expected;
    }
}
