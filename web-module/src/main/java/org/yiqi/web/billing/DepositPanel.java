package org.yiqi.web.billing;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.DepositState;
import org.yiqi.billing.DepositView;
import org.yiqi.billing.Deposits;
import org.yiqi.shared.Money;

/** The deposit of a rental, on the rental's page: noted and released by the owner's finance department. */
@Named
@RequestScoped
public class DepositPanel {

    @Inject
    Deposits deposits;

    private @Nullable BigDecimal amount;
    private String reference = "";

    /** The rental's deposit; null while none was noted. */
    public @Nullable DepositView of(UUID rental) {
        return deposits.ofRental(rental).orElse(null);
    }

    public String receive(UUID rental) {
        BigDecimal given = amount;
        deposits.receive(rental, reference, given == null ? Money.zero("CNY") : Money.of(given, "CNY"));
        return to(rental);
    }

    public String release(DepositView deposit) {
        deposits.release(deposit.id());
        return to(deposit.rentalId());
    }

    public String kind(DepositState state) {
        return switch (state) {
            case HELD -> "info";
            case PART_CAPTURED, CAPTURED -> "warn";
            case RELEASED -> "ok";
        };
    }

    private static String to(UUID rental) {
        return "/rental/rental?faces-redirect=true&id=" + rental;
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public String getReference() {
        return reference;
    }

    public void setReference(@Nullable String reference) {
        this.reference = reference == null ? "" : reference;
    }
}
