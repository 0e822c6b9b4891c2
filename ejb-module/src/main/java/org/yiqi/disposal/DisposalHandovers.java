package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.disposal.DisposalView.Material;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The unit's last way: sold by an act that both sign, handed over by another, and certified by the recycler, after which its
 * history is closed. The sale goes onto the ledger once it is paid, because there it cannot be undone.
 */
@Stateless
@Secured
public class DisposalHandovers {

    @Inject
    DisposalStore store;

    @Inject
    EndCertificates certificates;

    @Inject
    Sanitisation sanitisation;

    @Inject
    ProposedActs proposed;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** The certificate of a unit's end. */
    public record EndCertificate(Outcome outcome, String number, List<Material> materials) {

        public EndCertificate {
            materials = List.copyOf(materials);
        }
    }

    /**
     * The owner signs the sale; it waits for the recycler's signature.
     *
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.act-waiting}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView award(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.PAID);
        store.refuseOthers(disposal);
        proposed.refuseWaiting(disposal);
        Money price = disposal.price();
        if (price == null) {
            throw new Conflict("disposal.wrong-state", "Nobody has bought the unit");
        }
        proposed.award(disposal, price);
        return store.get(id);
    }

    /**
     * The owner hands the unit over and signs; custody, and of a unit that is used on also whose it is, waits for the other's signature.
     *
     * @throws Conflict {@code disposal.not-sanitised} naming what is missing, {@code disposal.wrong-state}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView handOver(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.AWARDED);
        store.refuseOthers(disposal);
        proposed.refuseWaiting(disposal);
        sanitisation.refuseMissing(disposal);
        UUID taker = ProposedActs.taker(disposal);
        Instant now = clock.instant();
        proposed.propose(
                disposal,
                disposal.isPassedOn()
                        ? NewAct.given(disposal.unitId(), disposal.organisationId(), taker, id, now)
                        : NewAct.accepted(disposal.unitId(), disposal.organisationId(), taker, now, id));
        audit.write("disposal.handover-signed", id.toString(), Map.of());
        return store.get(id);
    }

    /**
     * The recycler says what became of the unit, and signs; with that its history is closed for ever.
     *
     * @throws RuleViolation {@code disposal.end-invalid}, {@code disposal.too-heavy}
     * @throws Conflict {@code disposal.wrong-state}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView certify(UUID id, EndCertificate certificate) {
        DisposalView disposal = store.in(id, DisposalState.HANDED_OVER);
        if (!caller.orgId().equals(disposal.recyclerId())) {
            throw new NotPermitted("disposal.recycler-only", "Only the recycler who has the unit certifies its end");
        }
        proposed.refuseWaiting(disposal);
        if (!certificate.outcome().isRecyclers()) {
            throw new RuleViolation("disposal.end-invalid", "A recycler does not certify this")
                    .at("/outcome", "DESTROYED, RECYCLED, REUSED");
        }
        EndCertificates.check(disposal, certificate);
        certificates.keep(disposal, certificate);
        audit.write(
                "disposal.end-certified",
                id.toString(),
                Map.of("outcome", certificate.outcome().name()));
        proposed.propose(disposal, certificates.act(disposal, certificate.outcome()));
        return store.get(id);
    }
}
