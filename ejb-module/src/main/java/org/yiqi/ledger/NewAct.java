package org.yiqi.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;

/**
 * What an area asks {@link Acts} to put on the ledger.
 *
 * @param occurredAt when it happened; not before the subject's last act
 * @param body by type, see the rules in {@code org.yiqi.contract}; a {@code reason} is a code in capitals, never prose
 * @param reference the business process it belongs to (a rental, a work order); it comes back in the events
 */
public record NewAct(
        String type,
        Subject subject,
        Instant occurredAt,
        List<Party> parties,
        Map<String, Object> body,
        List<Evidence> evidence,
        @Nullable UUID reference) {

    public NewAct {
        parties = List.copyOf(parties);
        body = Map.copyOf(body);
        evidence = List.copyOf(evidence);
    }

    /** A unit enters the ledger; its owner is the first custodian and the only signer. */
    public static NewAct registered(UUID unit, UUID owner, Instant at) {
        return custody("custody.registered", unit, at, null, new Party(owner, PartyRole.OWNER));
    }

    /** The unit leaves the giver, who answers for it until the taker accepts. The giver signs. */
    public static NewAct offered(UUID unit, UUID giver, UUID taker, Instant at, UUID reference) {
        return custody("custody.offered", unit, at, reference, handover(giver, taker));
    }

    /** Responsibility passes. Giver and taker sign. */
    public static NewAct accepted(UUID unit, UUID giver, UUID taker, Instant at, UUID reference) {
        return custody("custody.accepted", unit, at, reference, handover(giver, taker));
    }

    /** The unit becomes the taker's own, by a contract that both have signed. Giver and taker sign this too. */
    public static NewAct sold(UUID unit, UUID giver, UUID taker, UUID contract, Instant at) {
        return new NewAct(
                "custody.accepted",
                Subject.custody(unit),
                at,
                List.of(handover(giver, taker)),
                Map.of("contract", contract.toString()),
                List.of(),
                contract);
    }

    /** The unit becomes the taker's own, by a disposal for that end. Giver and taker sign. */
    public static NewAct given(UUID unit, UUID giver, UUID taker, UUID disposal, Instant at) {
        return new NewAct(
                "custody.accepted",
                Subject.custody(unit),
                at,
                List.of(handover(giver, taker)),
                Map.of("disposal", disposal.toString()),
                List.of(),
                disposal);
    }

    /** The unit was taken apart by its owner, who signs; the certificate of that comes before. */
    public static NewAct dismantled(UUID unit, UUID owner, Instant at, UUID disposal) {
        return new NewAct(
                "custody.closed",
                Subject.custody(unit),
                at,
                List.of(new Party(owner, PartyRole.OWNER)),
                Map.of("reason", "DISMANTLED"),
                List.of(),
                disposal);
    }

    /** Responsibility goes back to the owner. Giver and owner sign. */
    public static NewAct returned(UUID unit, UUID giver, UUID owner, Instant at, UUID reference) {
        return custody("custody.returned", unit, at, reference, handover(giver, owner));
    }

    /** The unit's history ends with the recycler who certified its end, and who signs. */
    public static NewAct closed(UUID unit, UUID owner, UUID recycler, String reason, Instant at, UUID reference) {
        List<Party> parties = List.of(new Party(owner, PartyRole.OWNER), new Party(recycler, PartyRole.RECYCLER));
        return new NewAct(
                "custody.closed", Subject.custody(unit), at, parties, Map.of("reason", reason), List.of(), reference);
    }

    /** The unit must not be used. The owner or a regulator signs; a hold does not stop custody from passing. */
    public static NewAct holdPlaced(UUID unit, UUID holder, String reason, Instant at, @Nullable UUID reference) {
        return hold("hold.placed", unit, holder, Map.of("reason", reason), at, reference);
    }

    /**
     * A hold ends. Who placed it, or a regulator, signs.
     *
     * @param hold the id of the {@code hold.placed} act
     */
    public static NewAct holdReleased(UUID unit, UUID holder, UUID hold, Instant at, @Nullable UUID reference) {
        return hold("hold.released", unit, holder, Map.of("hold", hold.toString()), at, reference);
    }

    /** The same act with something that supports it. */
    public NewAct with(List<Evidence> more) {
        return new NewAct(type, subject, occurredAt, parties, body, more, reference);
    }

    private static Party[] handover(UUID giver, UUID taker) {
        return new Party[] {new Party(giver, PartyRole.GIVER), new Party(taker, PartyRole.TAKER)};
    }

    private static NewAct custody(String type, UUID unit, Instant at, @Nullable UUID reference, Party... parties) {
        return new NewAct(type, Subject.custody(unit), at, List.of(parties), Map.of(), List.of(), reference);
    }

    private static NewAct hold(
            String type, UUID unit, UUID holder, Map<String, Object> body, Instant at, @Nullable UUID reference) {
        List<Party> parties = List.of(new Party(holder, PartyRole.HOLDER));
        return new NewAct(type, Subject.holds(unit), at, parties, body, List.of(), reference);
    }
}
