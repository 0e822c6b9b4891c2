package org.yiqi.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.YiqiPrincipal;
import org.yiqi.web.api.Problem;

/** Sends a stranger from a page to the login, and refuses a form that another site posted and an address full of tricks. */
@WebFilter("/*")
public class PageGuard extends HttpFilter {

    /** Pages and folders that anyone may open. */
    private static final Set<String> OPEN = Set.of(
            "/login",
            "/register",
            "/report",
            "/q",
            "/public",
            "/error",
            "/jakarta.faces.resource",
            "/resources",
            "/openapi",
            "/favicon.ico",
            "/invitation");

    /** The one page for those whose organisation asks for a second factor that they do not have yet. */
    private static final String ENROLMENT = "/organisation/second-factor";

    /** Dots, slashes and parameters within a path, in clear or encoded: no address of ours has them, tricks have. */
    private static final Pattern TWISTED = Pattern.compile("(?i);|//|\\\\|%2e|%2f|%5c|%3b|%00|(^|/)\\.{1,2}(/|$)");

    @Inject
    Caller caller;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String raw = request.getRequestURI().substring(request.getContextPath().length());
        if (TWISTED.matcher(raw).find()) {
            if (raw.startsWith("/api/")) {
                Problem.write(
                        response,
                        HttpServletResponse.SC_BAD_REQUEST,
                        "shared.bad-address",
                        "Not an address of the API");
            } else {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
            return;
        }
        if (Authentication.isApi(request)) {
            chain.doFilter(request, response);
            return;
        }
        String asked = Authentication.path(request);
        if (isInside(asked)) {
            inside(asked, request, response, chain);
            return;
        }
        if (fromElsewhere(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        String path = Authentication.path(request);
        YiqiPrincipal person = caller.find();
        if (person != null && person.mustEnrol() && !isOpen(path) && !path.startsWith(ENROLMENT)) {
            response.sendRedirect(request.getContextPath() + ENROLMENT);
            return;
        }
        if (person == null && !isOpen(path)) {
            String query = request.getQueryString();
            String wanted = path + (query == null ? "" : "?" + query);
            String login = request.getContextPath() + "/login"
                    + (path.equals("/") ? "" : "?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
            if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
                response.setContentType("text/xml;charset=UTF-8");
                response.getWriter()
                        .write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                                + login.replace("&", "&amp;") + "\"/></partial-response>");
                return;
            }
            response.sendRedirect(login);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isInside(String path) {
        return path.equals("/metrics")
                || path.startsWith("/metrics/")
                || path.equals("/health")
                || path.startsWith("/health/");
    }

    /** How the inside works is for the platform's operators; others learn only whether it is up. */
    private void inside(String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (caller.has(Roles.PLATFORM_OPERATOR)) {
            chain.doFilter(request, response);
        } else if (path.startsWith("/health")) {
            StatusOnly silent = new StatusOnly(response);
            chain.doFilter(request, silent);
            boolean up = silent.getStatus() < 400;
            response.setStatus(up ? 200 : 503);
            response.setContentType("application/json");
            response.getWriter().write(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** Only a path of this site is a place to go to after the login. */
    static String safeTarget(@Nullable String to) {
        boolean safe =
                to != null && to.startsWith("/") && !to.startsWith("//") && !to.contains("\\") && !to.contains("\n");
        return safe && to != null ? to : "/";
    }

    static boolean isOpen(String path) {
        return OPEN.stream().anyMatch(o -> path.equals(o) || path.startsWith(o + "/") || path.startsWith(o + "."));
    }

    private static boolean fromElsewhere(HttpServletRequest request) {
        if (Set.of("GET", "HEAD", "OPTIONS").contains(request.getMethod())) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null || !authority.equals(request.getHeader("Host"));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
