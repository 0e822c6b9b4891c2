package org.yiqi.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Logins;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** The login page: one message for every reason to refuse, a new session id after success. */
@Named
@RequestScoped
public class LoginView {

    @Inject
    Logins logins;

    @Inject
    Clock clock;

    private String username = "";
    private String password = "";
    private @Nullable String to;
    private boolean refused;

    public void signIn() throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        Optional<YiqiPrincipal> who = logins.signIn(username.strip(), password, request.getRemoteAddr());
        if (who.isEmpty()) {
            refused = true;
            return;
        }
        request.getSession(true);
        request.changeSessionId();
        request.getSession()
                .setAttribute(
                        SignedIn.KEY,
                        new SignedIn(who.get().personId(), who.get().orgId(), clock.instant()));
        external.redirect(request.getContextPath() + PageGuard.safeTarget(to));
    }

    public void signOut() throws IOException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.invalidateSession();
        external.redirect(external.getRequestContextPath() + "/login");
    }

    /** The page shows its one message when this is true. */
    public boolean isRefused() {
        return refused;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public @Nullable String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }
}
