package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;

/** Who looks at the page, as the top bar shows it. */
@Named
@RequestScoped
public class Viewer {

    @Inject
    HttpServletRequest request;

    public boolean isSignedIn() {
        return request.getUserPrincipal() != null;
    }

    public String getName() {
        Principal principal = request.getUserPrincipal();
        return principal == null ? "" : principal.getName();
    }

    public String getOrganisation() {
        return "";
    }

    /** The first character of the name, or of its last word where the name is in Latin letters. */
    public String getInitial() {
        String name = getName();
        return name.isEmpty()
                ? ""
                : name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT);
    }

    /** Separates the drafts of people who share a browser. */
    public String getKey() {
        return isSignedIn() ? getName() : "";
    }

    /** After so long without a request the session ends; 0 where there is none. */
    public int getIdleSeconds() {
        HttpSession session = request.getSession(false);
        return session == null || !isSignedIn() ? 0 : session.getMaxInactiveInterval();
    }
}
