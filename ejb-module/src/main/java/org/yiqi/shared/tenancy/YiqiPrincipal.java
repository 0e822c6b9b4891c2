package org.yiqi.shared.tenancy;

import jakarta.security.enterprise.CallerPrincipal;
import java.util.Set;
import java.util.UUID;

/** A person who acts for one organisation, as the login or a token established it. */
public final class YiqiPrincipal extends CallerPrincipal {

    private final UUID personId;
    private final UUID orgId;
    private final Scope scope;
    private final Set<String> roles;

    private final Set<String> grants;

    private final boolean mustEnrol;

    /** A person, who may do all that their roles allow. */
    public YiqiPrincipal(String username, UUID personId, UUID orgId, Scope scope, Set<String> roles) {
        this(username, personId, orgId, scope, roles, Set.of());
    }

    /** @param grants what a key is narrowed down to, as {@code area:read} or {@code area:write}; empty for people */
    public YiqiPrincipal(
            String username, UUID personId, UUID orgId, Scope scope, Set<String> roles, Set<String> grants) {
        this(username, personId, orgId, scope, roles, grants, false);
    }

    private YiqiPrincipal(
            String username,
            UUID personId,
            UUID orgId,
            Scope scope,
            Set<String> roles,
            Set<String> grants,
            boolean mustEnrol) {
        super(username);
        this.mustEnrol = mustEnrol;
        this.grants = Set.copyOf(grants);
        this.personId = personId;
        this.orgId = orgId;
        this.scope = scope;
        this.roles = Set.copyOf(roles);
    }

    /** A person without any role until they have the second factor that their organisation asks for. */
    public static YiqiPrincipal whoMustEnrol(String username, UUID personId, UUID orgId, Scope scope) {
        return new YiqiPrincipal(username, personId, orgId, scope, Set.of(), Set.of(), true);
    }

    /** Whether nothing but enrolling a second factor is open to the person. */
    public boolean mustEnrol() {
        return mustEnrol;
    }

    public UUID personId() {
        return personId;
    }

    public UUID orgId() {
        return orgId;
    }

    public Scope scope() {
        return scope;
    }

    /** Whether the grant is within what the caller was narrowed down to. */
    public boolean isAllowed(String grant) {
        return grants.isEmpty() || grants.contains(grant);
    }

    public Set<String> roles() {
        return roles;
    }
}
