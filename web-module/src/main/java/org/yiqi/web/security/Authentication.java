package org.yiqi.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Optional;
import org.yiqi.organisation.Logins;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** Knows a caller of the API by bearer token only, and a person in the browser by session only. */
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {

    @Inject
    Logins logins;

    @Inject
    Clock clock;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Optional<YiqiPrincipal> who = isApi(request)
                        || path(request).startsWith("/metrics")
                        || path(request).startsWith("/health")
                ? byToken(request)
                : bySession(request);
        return who.map(p -> context.notifyContainerAboutLogin(p, p.roles())).orElseGet(context::doNothing);
    }

    static boolean isApi(HttpServletRequest request) {
        return path(request).startsWith("/api/");
    }

    /** The address as the container resolved it: what a guard looks at must be what is served. */
    static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    private Optional<YiqiPrincipal> byToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        return logins.byToken(header.substring(7).strip());
    }

    private Optional<YiqiPrincipal> bySession(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null
                || path(request).startsWith("/jakarta.faces.resource/")
                || !(session.getAttribute(SignedIn.KEY) instanceof SignedIn signedIn)) {
            return Optional.empty();
        }
        if (signedIn.since().plus(SignedIn.LONGEST).isBefore(clock.instant())) {
            session.invalidate();
            return Optional.empty();
        }
        return logins.principal(signedIn.personId(), signedIn.orgId(), signedIn.since());
    }
}
