package org.yiqi.web.oversight;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yiqi.oversight.Looks;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * Every reading of a regulator, by page, interface or download, is written down before it is answered, for every thing whose id stands
 * in the address: so a page that somebody adds is logged without knowing of it.
 */
@WebFilter("/*")
public class RegulatorLooks extends HttpFilter {

    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** More ids than any address of ours has. */
    private static final int MOST = 20;

    @Inject
    Caller caller;

    @Inject
    Looks looks;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            YiqiPrincipal who = caller.find();
            if (who != null && who.scope() == Scope.REGULATOR) {
                Set<UUID> things = ids(request.getRequestURI() + "?" + request.getQueryString());
                if (!things.isEmpty()) {
                    looks.read(things);
                }
            }
        }
        chain.doFilter(request, response);
    }

    static Set<UUID> ids(String address) {
        Set<UUID> ids = new LinkedHashSet<>();
        Matcher found = ID.matcher(address);
        while (ids.size() < MOST && found.find()) {
            ids.add(UUID.fromString(found.group()));
        }
        return ids;
    }
}
