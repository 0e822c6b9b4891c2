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
import org.yiqi.shared.tenancy.Caller;

/** Nobody gets past here without a token, unless the resource says {@link PermitAll}. Roles are the services' matter. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class BearerRequired implements ContainerRequestFilter {

    @Context
    ResourceInfo resource;

    @Inject
    Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!caller.isSignedIn() && !isOpen()) {
            request.abortWith(Problems.answer(401, "shared.not-signed-in", "Send a bearer token", List.of(), Map.of()));
        }
    }

    private boolean isOpen() {
        return resource.getResourceMethod().isAnnotationPresent(PermitAll.class)
                || resource.getResourceClass().isAnnotationPresent(PermitAll.class);
    }
}
