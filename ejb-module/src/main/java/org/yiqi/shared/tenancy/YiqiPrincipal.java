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

    public YiqiPrincipal(String username, UUID personId, UUID orgId, Scope scope, Set<String> roles) {
        super(username);
        this.personId = personId;
        this.orgId = orgId;
        this.scope = scope;
        this.roles = Set.copyOf(roles);
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

    public Set<String> roles() {
        return roles;
    }
}
