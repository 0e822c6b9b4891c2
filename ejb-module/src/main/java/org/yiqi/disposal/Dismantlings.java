package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.disposal.DisposalHandovers.EndCertificate;
import org.yiqi.disposal.DisposalView.Material;
import org.yiqi.disposal.DisposalView.RecoveredPart;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.Parts;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * A unit that its owner takes apart: parts go into the stock of spare parts, a qualified recycler takes the rest, by weight, and signs for
 * it. With the owner's signature the parts are in stock and the unit's history is closed for ever ({@link DisposalActs}).
 */
@Stateless
@Secured
public class Dismantlings {

    private static final int MOST_PARTS = 100;

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    AuctionStore auctions;

    @Inject
    Sanitisation sanitisation;

    @Inject
    EndCertificates certificates;

    @Inject
    ProposedActs proposed;

    @Inject
    Parts parts;

    @Inject
    Units units;

    @Inject
    Caller caller;

    @Inject
    AuditLog audit;

    /**
     * What the owner writes down when a unit is in pieces.
     *
     * @param number of the certificate
     * @param materials what the rest weighs
     */
    public record Dismantling(UUID recyclerId, String number, List<RecoveredPart> parts, List<Material> materials) {

        public Dismantling {
            parts = List.copyOf(parts);
            materials = List.copyOf(materials);
        }
    }

    /**
     * Writes down what came out of the unit and who takes the rest. It can be corrected until the recycler has signed.
     *
     * @throws NotFound {@code maintenance.station-not-found}
     * @throws NotPermitted {@code disposal.not-qualified}
     * @throws RuleViolation {@code disposal.parts-invalid}, {@code disposal.end-invalid}, {@code disposal.too-heavy}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.other-way}, {@code disposal.not-sanitised}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DisposalView dismantle(UUID id, Dismantling wanted) {
        DisposalView disposal = store.in(id, DisposalState.AUTHORISED, DisposalState.DISMANTLED);
        store.refuseOthers(disposal);
        proposed.refuseWaiting(disposal);
        if (!disposal.goes(Way.PARTS)) {
            throw new Conflict("disposal.other-way", "The unit was let go for another way");
        }
        sanitisation.refuseMissing(disposal);
        if (!auctions.isQualified(wanted.recyclerId(), store.today())) {
            throw new NotPermitted("disposal.not-qualified", "Only a qualified recycler takes the rest");
        }
        check(disposal, wanted.parts());
        EndCertificate certificate = new EndCertificate(Outcome.DISMANTLED, wanted.number(), wanted.materials());
        EndCertificates.check(disposal, certificate);
        write(disposal, wanted.parts());
        units.hide(id);
        store.move(id, DisposalState.DISMANTLED, ", recycler_id = ?", wanted.recyclerId());
        certificates.keep(store.get(id), certificate);
        units.show(disposal.unitId(), wanted.recyclerId(), id);
        audit.write(
                "disposal.dismantled",
                id.toString(),
                Map.of(
                        "parts",
                        wanted.parts().size(),
                        "recycler",
                        wanted.recyclerId().toString()));
        return store.get(id);
    }

    /**
     * The recycler has the rest and signs the certificate; the owner's signature follows.
     *
     * @throws NotPermitted {@code disposal.recycler-only}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.act-waiting}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView takeRest(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.DISMANTLED);
        if (!caller.orgId().equals(disposal.recyclerId())) {
            throw new NotPermitted("disposal.recycler-only", "Only the recycler who takes the rest signs for it");
        }
        proposed.refuseWaiting(disposal);
        proposed.propose(disposal, certificates.act(disposal, Outcome.DISMANTLED));
        audit.write("disposal.rest-taken", id.toString(), Map.of());
        return store.get(id);
    }

    private void check(DisposalView disposal, List<RecoveredPart> wanted) {
        RuleViolation refusal = new RuleViolation("disposal.parts-invalid", "Some parts do not say enough");
        if (wanted.isEmpty() || wanted.size() > MOST_PARTS) {
            refusal.at("/parts", "1 to " + MOST_PARTS);
        }
        String currency = DisposalApprovals.valuation(disposal).likely().currency();
        Set<String> serials = new HashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            RecoveredPart p = wanted.get(i);
            String at = "/parts/" + i;
            text(refusal, p.number(), 100, at + "/number");
            text(refusal, p.name(), 200, at + "/name");
            if (p.quantity() < 1 || p.quantity() > 1000) {
                refusal.at(at + "/quantity", "1 to 1000");
            }
            if (p.serial().length() > 100) {
                refusal.at(at + "/serial", "at most 100 characters");
            }
            if (!p.serial().isBlank()
                    && (p.quantity() != 1
                            || !serials.add(
                                    p.number().strip() + ' ' + p.serial().strip()))) {
                refusal.at(at + "/serial", "one part, once");
            }
            if (p.value().isNegative() || !p.value().currency().equals(currency)) {
                refusal.at(at + "/value", "0 or more in " + currency);
            }
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
        wanted.forEach(p -> parts.station(p.stationId()));
    }

    private static void text(RuleViolation refusal, String value, int longest, String pointer) {
        if (value.isBlank() || value.strip().length() > longest) {
            refusal.at(pointer, "1 to " + longest + " characters");
        }
    }

    private void write(DisposalView disposal, List<RecoveredPart> wanted) {
        sql.update("delete from disposal.recovered_part where disposal_id = ?", disposal.id());
        for (int i = 0; i < wanted.size(); i++) {
            RecoveredPart p = wanted.get(i);
            sql.update(
                    """
                    insert into disposal.recovered_part(id, disposal_id, position, number, name, quantity, serial_number, value_minor,
                      station_id) values (?,?,?,?,?,?,?,?,?)""",
                    Ids.next(),
                    disposal.id(),
                    i + 1,
                    p.number().strip(),
                    p.name().strip(),
                    p.quantity(),
                    p.serial().strip(),
                    p.value().minor(),
                    p.stationId());
        }
    }
}
