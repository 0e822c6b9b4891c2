package org.yiqi.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Logins;
import org.yiqi.organisation.MembershipView;
import org.yiqi.organisation.SignIn;
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
    private String code = "";
    private @Nullable String to;
    private boolean refused;

    public void signIn() throws IOException {
        HttpServletRequest request = request();
        proceed(request, logins.signIn(username.strip(), password, null, null, request.getRemoteAddr()));
    }

    /** The second step, for those who have a second factor. */
    public void confirm() throws IOException {
        HttpServletRequest request = request();
        UUID person = pending(request);
        if (person == null) {
            restart();
        } else {
            proceed(request, logins.secondStep(person, code, request.getRemoteAddr()));
        }
    }

    /** The last step, for those who belong to several organisations. */
    public void choose(UUID organisation) throws IOException {
        HttpServletRequest request = request();
        Waiting waiting = waiting(request);
        if (waiting == null || waiting.step() != SignIn.Step.CHOICE_NEEDED) {
            restart();
            return;
        }
        Optional<YiqiPrincipal> who = logins.principal(waiting.person(), organisation, waiting.since());
        if (who.isEmpty()) {
            restart();
        } else {
            enter(request, who.get(), clock.instant(), PageGuard.safeTarget(to));
        }
    }

    /** Acts for another of the person's organisations from now on; the session keeps its age. */
    public void switchTo(UUID organisation) throws IOException {
        HttpServletRequest request = request();
        if (request.getSession(false) != null
                && request.getSession(false).getAttribute(SignedIn.KEY) instanceof SignedIn now) {
            Optional<YiqiPrincipal> who = logins.principal(now.personId(), organisation, now.since());
            if (who.isPresent()) {
                enter(request, who.get(), now.since(), "/");
            }
        }
    }

    /** Back to name and password. */
    public void restart() throws IOException {
        request().getSession(true).removeAttribute(Waiting.KEY);
        external().redirect(external().getRequestContextPath() + "/login");
    }

    private void proceed(HttpServletRequest request, SignIn outcome) throws IOException {
        UUID person = outcome.personId();
        switch (outcome.step()) {
            case REFUSED -> refused = true;
            case CODE_NEEDED, CHOICE_NEEDED -> {
                if (person != null) {
                    request.getSession(true);
                    request.changeSessionId();
                    request.getSession()
                            .setAttribute(Waiting.KEY, new Waiting(person, outcome.step(), clock.instant()));
                }
            }
            case DONE -> {
                if (outcome.principal() != null) {
                    enter(request, outcome.principal(), clock.instant(), PageGuard.safeTarget(to));
                }
            }
        }
    }

    private void enter(HttpServletRequest request, YiqiPrincipal who, Instant since, String target) throws IOException {
        request.getSession(true);
        request.changeSessionId();
        request.getSession().removeAttribute(Waiting.KEY);
        request.getSession().setAttribute(SignedIn.KEY, new SignedIn(who.personId(), who.orgId(), since));
        external().redirect(request.getContextPath() + target);
    }

    /** What the page asks for now. */
    public SignIn.Step getStep() {
        Waiting waiting = waiting(request());
        return waiting == null ? SignIn.Step.REFUSED : waiting.step();
    }

    /** The organisations to choose from. */
    public List<MembershipView> getChoices() {
        Waiting waiting = waiting(request());
        return waiting == null ? List.of() : logins.memberships(waiting.person());
    }

    private @Nullable UUID pending(HttpServletRequest request) {
        Waiting waiting = waiting(request);
        return waiting == null || waiting.step() != SignIn.Step.CODE_NEEDED ? null : waiting.person();
    }

    private @Nullable Waiting waiting(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                        && session.getAttribute(Waiting.KEY) instanceof Waiting waiting
                        && waiting.since().plus(Waiting.LONGEST).isAfter(clock.instant())
                ? waiting
                : null;
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) external().getRequest();
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
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

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
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
