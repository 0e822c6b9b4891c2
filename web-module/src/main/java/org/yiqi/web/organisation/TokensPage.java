package org.yiqi.web.organisation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Account;
import org.yiqi.organisation.ApiKeyView;
import org.yiqi.organisation.ApiKeys;
import org.yiqi.shared.tenancy.Caller;

/** The own account, and the keys of the organisation's programs for those who may make them. */
@Named
@RequestScoped
public class TokensPage {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final List<String> SCOPES = List.of(
            "organisation:read",
            "organisation:write",
            "equipment:read",
            "equipment:write",
            "rental:read",
            "rental:write",
            "billing:read",
            "telemetry:read",
            "telemetry:write",
            "maintenance:read",
            "maintenance:write",
            "ledger:read",
            "oversight:read");

    @Inject
    Account account;

    @Inject
    ApiKeys keys;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    private @Nullable String label;
    private List<String> roles = new ArrayList<>();
    private List<String> scopes = new ArrayList<>();
    private @Nullable LocalDate until;
    private @Nullable String made;
    private @Nullable String current;
    private @Nullable String next;

    public Account.Me getMe() {
        return account.me();
    }

    public boolean isKeeper() {
        return caller.has("ORG_ADMIN");
    }

    public List<ApiKeyView> getKeys() {
        return keys.list();
    }

    public List<String> getAssignableRoles() {
        return keys.assignableRoles();
    }

    public List<String> getAssignableScopes() {
        return SCOPES;
    }

    public boolean isUsable(ApiKeyView key) {
        return key.isUsable(clock.instant());
    }

    /** The key is shown on this answer only. */
    public void create() {
        if (label != null && until != null) {
            made = keys.create(
                            label,
                            roles,
                            scopes,
                            until.plusDays(1).atStartOfDay(ZONE).toInstant())
                    .key();
        }
    }

    public String revoke(UUID id) {
        keys.revoke(id);
        return "/organisation/tokens?faces-redirect=true";
    }

    /** Ends this session too: whoever changed the password signs in with it. */
    public String changePassword() {
        account.changePassword(current == null ? "" : current, next == null ? "" : next);
        FacesContext.getCurrentInstance().getExternalContext().invalidateSession();
        return "/login?faces-redirect=true";
    }

    public @Nullable String getMade() {
        return made;
    }

    public @Nullable String getLabel() {
        return label;
    }

    public void setLabel(@Nullable String label) {
        this.label = label;
    }

    public List<String> getRoles() {
        return roles;
    }

    public void setRoles(List<String> roles) {
        this.roles = roles;
    }

    public List<String> getScopes() {
        return scopes;
    }

    public void setScopes(List<String> scopes) {
        this.scopes = scopes;
    }

    public @Nullable LocalDate getUntil() {
        return until;
    }

    public void setUntil(@Nullable LocalDate until) {
        this.until = until;
    }

    public @Nullable String getCurrent() {
        return current;
    }

    public void setCurrent(@Nullable String current) {
        this.current = current;
    }

    public @Nullable String getNext() {
        return next;
    }

    public void setNext(@Nullable String next) {
        this.next = next;
    }
}
