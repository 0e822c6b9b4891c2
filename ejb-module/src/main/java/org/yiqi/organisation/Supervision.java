package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.UUID;
import org.yiqi.organisation.domain.Organisation;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** What a regulator does to an organisation's qualification, always with a reason. */
@Stateless
@Secured
@RolesAllowed(Roles.REGULATOR)
public class Supervision {

    @PersistenceContext
    EntityManager em;

    @Inject
    Caller caller;

    @Inject
    AuditLog audit;

    @Inject
    Event<OrganisationSuspended> suspended;

    @Inject
    Event<OrganisationReinstated> reinstated;

    @Inject
    Event<OrganisationRevoked> revoked;

    public void suspend(UUID orgId, String reason) {
        Organisation organisation = find(orgId, reason);
        organisation.suspend(reason);
        done("organisation.suspended", orgId, reason);
        suspended.fire(new OrganisationSuspended(orgId, caller.orgId(), reason));
    }

    public void reinstate(UUID orgId, String reason) {
        Organisation organisation = find(orgId, reason);
        organisation.reinstate(reason);
        done("organisation.reinstated", orgId, reason);
        reinstated.fire(new OrganisationReinstated(orgId, caller.orgId(), reason));
    }

    public void revoke(UUID orgId, String reason) {
        Organisation organisation = find(orgId, reason);
        organisation.revoke(reason);
        done("organisation.revoked", orgId, reason);
        revoked.fire(new OrganisationRevoked(orgId, caller.orgId(), reason));
    }

    private Organisation find(UUID orgId, String reason) {
        if (reason.isBlank()) {
            throw new RuleViolation("organisation.reason-needed", "Say why").at("/reason", "not blank");
        }
        Organisation organisation = em.find(Organisation.class, orgId);
        if (organisation == null) {
            throw new NotFound("organisation.not-found", "No such organisation");
        }
        boolean supervised = organisation.kind().registersItself();
        if (!supervised || orgId.equals(caller.orgId())) {
            throw new NotPermitted("organisation.not-supervised", "This organisation is not under your supervision");
        }
        return organisation;
    }

    private void done(String action, UUID orgId, String reason) {
        em.flush();
        audit.write(action, orgId.toString(), Map.of("reason", reason));
    }
}
