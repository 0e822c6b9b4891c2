package org.yiqi.web.ledger;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.TimeAuthorities;
import org.yiqi.ledger.TimeAuthorityView;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Caller;

/** Whose word on time counts, and how a regulator changes that. */
@Named
@ViewScoped
public class TimePage implements Serializable {

    private static final List<String> REASONS = List.of("KEY_LOST", "COMPROMISED", "RETIRED");
    private static final String AGAIN = "/ledger/time?faces-redirect=true";

    @Inject
    TimeAuthorities authorities;

    @Inject
    Caller caller;

    private @Nullable String certificate;
    private @Nullable String revoke;
    private String reason = REASONS.get(0);
    private transient @Nullable List<TimeAuthorityView> all;
    private transient @Nullable List<TimeAuthorityView> shown;

    public List<TimeAuthorityView> getAll() {
        List<TimeAuthorityView> read = all;
        if (read == null) {
            read = authorities.all();
            all = read;
        }
        return read;
    }

    /** What answers at the configured addresses and is not registered; only a regulator asks. */
    public List<TimeAuthorityView> getShown() {
        List<TimeAuthorityView> read = shown;
        if (read == null) {
            read = isChanging() ? authorities.shown() : List.of();
            shown = read;
        }
        return read;
    }

    public boolean isChanging() {
        return caller.has(Roles.REGULATOR) && caller.has(Roles.SIGNATORY);
    }

    /** One that answers at a configured address, after its fingerprint was compared. */
    public String registerShown(TimeAuthorityView authority) {
        authorities.register(authority.certificate());
        return AGAIN;
    }

    public String register() {
        authorities.register(String.valueOf(certificate));
        return AGAIN;
    }

    public String end() {
        authorities.revoke(String.valueOf(revoke), reason);
        return AGAIN;
    }

    /** The authority that the address wants to take off, if it counts. */
    public @Nullable TimeAuthorityView getRevoking() {
        return getAll().stream()
                .filter(a -> isChanging() && a.state() == TimeAuthorityView.State.ACTIVE && a.id().equals(revoke))
                .findFirst()
                .orElse(null);
    }

    public List<String> getReasons() {
        return REASONS;
    }

    public @Nullable String getCertificate() {
        return certificate;
    }

    public void setCertificate(@Nullable String certificate) {
        this.certificate = certificate;
    }

    public @Nullable String getRevoke() {
        return revoke;
    }

    public void setRevoke(@Nullable String revoke) {
        this.revoke = revoke;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }
}
