package org.yiqi.web.api;

import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * Nobody gets past here without a token, unless the resource says {@link PermitAll}, and no key past its scopes. Roles are
 * the services' matter.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class BearerRequired implements ContainerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    @Context
    ResourceInfo resource;

    @Inject
    Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        YiqiPrincipal principal = caller.find();
        if (principal == null) {
            if (!isOpen()) {
                request.abortWith(
                        Problems.answer(401, "shared.not-signed-in", "Send a bearer token", List.of(), Map.of()));
            }
            return;
        }
        String scope = area() + (READS.contains(request.getMethod()) ? ":read" : ":write");
        if (!principal.isAllowed(scope)) {
            request.abortWith(
                    Problems.answer(403, "shared.scope-missing", "This key needs " + scope, List.of(), Map.of()));
        }
    }

    /** A key's scope names the area, which is the package that the resource lives in. */
    private String area() {
        String name = resource.getResourceClass().getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private boolean isOpen() {
        return resource.getResourceMethod().isAnnotationPresent(PermitAll.class)
                || resource.getResourceClass().isAnnotationPresent(PermitAll.class);
    }
}
