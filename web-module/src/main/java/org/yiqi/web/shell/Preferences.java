package org.yiqi.web.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Language and theme are chosen by a link ({@code ?lang=en}, {@code ?theme=dark}) on whatever page one is, kept in a cookie, and
 * the page is shown again without the parameter, so that an address that is passed on does not carry them.
 */
@WebFilter("/*")
public class Preferences extends HttpFilter {

    static final String LANGUAGE = "lang";
    static final String THEME = "theme";
    private static final Map<String, Set<String>> CHOICES =
            Map.of(LANGUAGE, Set.of(Lang.ZH.getTag(), Lang.EN.getTag()), THEME, Look.CHOICES);
    private static final int A_YEAR = 365 * 24 * 3600;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String query = request.getQueryString();
        if (query == null || !"GET".equals(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        boolean chosen = false;
        StringBuilder rest = new StringBuilder();
        for (String pair : query.split("&")) {
            String[] part = pair.split("=", 2);
            Set<String> choices = CHOICES.get(part[0]);
            if (choices == null) {
                rest.append(rest.isEmpty() ? "?" : "&").append(pair);
            } else if (part.length == 2 && choices.contains(part[1])) {
                keep(request, response, part[0], part[1]);
                chosen = true;
            }
        }
        if (chosen) {
            response.sendRedirect(ownPath(request.getRequestURI()) + rest);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void keep(HttpServletRequest request, HttpServletResponse response, String name, String value) {
        Cookie cookie = new Cookie("yiqi-" + name, value);
        cookie.setPath(request.getContextPath() + "/");
        cookie.setMaxAge(A_YEAR);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }

    static @Nullable String cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals("yiqi-" + name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    /** The address of the page that the person sees, with one preference set. */
    static String link(HttpServletRequest request, String name, String value) {
        String query = shown(request, RequestDispatcher.FORWARD_QUERY_STRING, request.getQueryString());
        String kept = query == null || query.isEmpty() ? "" : query + "&";
        return address(request) + "?" + kept + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The path of the page that the person sees: extensionless pages and error pages are forwarded to their view. */
    static String address(HttpServletRequest request) {
        String error = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String uri =
                error != null ? error : shown(request, RequestDispatcher.FORWARD_REQUEST_URI, request.getRequestURI());
        return uri == null ? "/" : ownPath(uri);
    }

    /** "//elsewhere" would leave the site. */
    static String ownPath(String uri) {
        return "/" + uri.replaceFirst("^[/\\\\]+", "");
    }

    private static @Nullable String shown(HttpServletRequest request, String attribute, @Nullable String otherwise) {
        if (request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) == null) {
            return otherwise;
        }
        return (String) request.getAttribute(attribute);
    }
}
