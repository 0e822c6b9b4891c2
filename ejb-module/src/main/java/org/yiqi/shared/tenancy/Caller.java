package org.yiqi.shared.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.NotPermitted;

/** Who calls. Works wherever the container has a security context: pages, resources, EJBs, sockets. */
@ApplicationScoped
public class Caller {

    private static final ThreadLocal<Boolean> SYSTEM_WORK = new ThreadLocal<>();

    @Inject
    SecurityContext security;

    /** @throws NotPermitted {@code shared.not-signed-in} for an anonymous caller */
    public UUID personId() {
        return principal().personId();
    }

    /** The organisation that the person acts for. */
    public UUID orgId() {
        return principal().orgId();
    }

    public Set<String> roles() {
        YiqiPrincipal p = find();
        return p == null ? Set.of() : p.roles();
    }

    public boolean has(String role) {
        return roles().contains(role);
    }

    public Scope scope() {
        if (Boolean.TRUE.equals(SYSTEM_WORK.get())) {
            return Scope.SYSTEM;
        }
        YiqiPrincipal p = find();
        return p == null ? Scope.ANONYMOUS : p.scope();
    }

    public boolean isSignedIn() {
        return find() != null;
    }

    public String username() {
        return principal().getName();
    }

    public @Nullable YiqiPrincipal find() {
        for (YiqiPrincipal p : security.getPrincipalsByType(YiqiPrincipal.class)) {
            return p;
        }
        return null;
    }

    /** Marks background work of the application itself, so that row-level security lets it see all tenants. */
    public void asSystem(Runnable work) {
        Boolean before = SYSTEM_WORK.get();
        SYSTEM_WORK.set(Boolean.TRUE);
        try {
            work.run();
        } finally {
            if (before == null) {
                SYSTEM_WORK.remove();
            } else {
                SYSTEM_WORK.set(before);
            }
        }
    }

    private YiqiPrincipal principal() {
        YiqiPrincipal p = find();
        if (p == null) {
            throw new NotPermitted("shared.not-signed-in", "Sign in first");
        }
        return p;
    }
}
