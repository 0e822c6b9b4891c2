package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.HistoryImport;

/**
 * What has happened to the units: the acts for the ledger, the custody that stands on them, what stops a unit, who sees it
 * for a time, and each unit's own history. Collected from the demo's parts and written once, the acts in the order of time.
 */
final class DemoPast {

    private final List<HistoryImport.PastAct> acts = new ArrayList<>();
    private final Map<UUID, TreeMap<Instant, Holder>> custody = new LinkedHashMap<>();
    private final DemoTable history =
            new DemoTable("equipment.history", "unit_id,at,kind,org_id,person_id,reference_id,details");
    private final DemoTable holds =
            new DemoTable("equipment.hold", "id,unit_id,kind,reason,reference_id,placed_at,released_at");
    private final DemoTable guests = new DemoTable("equipment.guest", "unit_id,org_id,reference_id,shown_by,since");

    private record Holder(UUID org, UUID act) {}

    void registered(UUID unit, UUID owner, UUID act, Instant at, String status) {
        acts.add(new HistoryImport.PastAct(
                act,
                "custody.registered",
                Subject.custody(unit),
                at,
                List.of(new Party(owner, PartyRole.OWNER)),
                Map.of()));
        custody.computeIfAbsent(unit, u -> new TreeMap<>()).put(at, new Holder(owner, act));
        history.add(unit, at, "registered", owner, null, act, "{\"status\":\"" + status + "\"}");
    }

    void offered(UUID unit, UUID giver, UUID taker, UUID act, Instant at) {
        handover("custody.offered", unit, giver, taker, act, at);
    }

    /** Custody passes, to a lessee or back. */
    void passed(String type, UUID unit, UUID giver, UUID taker, UUID act, Instant at) {
        handover(type, unit, giver, taker, act, at);
        custody.computeIfAbsent(unit, u -> new TreeMap<>()).put(at, new Holder(taker, act));
        history.add(
                unit, at, "custody-passed", giver, null, act, "{\"from\":\"" + giver + "\",\"to\":\"" + taker + "\"}");
    }

    private void handover(String type, UUID unit, UUID giver, UUID taker, UUID act, Instant at) {
        acts.add(new HistoryImport.PastAct(
                act,
                type,
                Subject.custody(unit),
                at,
                List.of(new Party(giver, PartyRole.GIVER), new Party(taker, PartyRole.TAKER)),
                Map.of()));
    }

    void holdPlaced(UUID unit, UUID owner, String reason, UUID act, Instant at) {
        hold("hold.placed", unit, owner, Map.of("reason", reason), act, at);
    }

    void holdReleased(UUID unit, UUID owner, UUID hold, UUID act, Instant at) {
        hold("hold.released", unit, owner, Map.of("hold", hold.toString()), act, at);
    }

    private void hold(String type, UUID unit, UUID owner, Map<String, Object> body, UUID act, Instant at) {
        acts.add(new HistoryImport.PastAct(
                act, type, Subject.holds(unit), at, List.of(new Party(owner, PartyRole.HOLDER)), body));
    }

    /** What stopped the unit, and until when; the history tells both changes of its status. */
    void stopped(
            UUID unit, String kind, String order, UUID reference, UUID org, Instant from, @Nullable Instant until) {
        holds.add(DemoIds.of("hold", reference + kind + unit), unit, kind, order, reference, from, until);
        String stopped = kind.equals("QUARANTINE") ? "QUARANTINED" : "MAINTENANCE";
        moved(unit, org, reference, from, "AVAILABLE", stopped);
        if (until != null) {
            moved(unit, org, reference, until, stopped, "AVAILABLE");
        }
    }

    /** A change of status, for whatever {@code reference} names. */
    void moved(UUID unit, UUID org, UUID reference, Instant at, String before, String after) {
        history.add(unit, at, "status-changed", org, null, reference, change(before, after));
    }

    private static String change(String before, String after) {
        return "{\"before\":\"" + before + "\",\"after\":\"" + after + "\"}";
    }

    void shown(UUID unit, UUID org, UUID reference, UUID by, Instant since) {
        guests.add(unit, org, reference, by, since);
    }

    void write(Connection c, HistoryImport ledger, UUID regulator) throws SQLException {
        DemoTable periods = new DemoTable("equipment.custody", "id,unit_id,org_id,from_at,to_at,act_id");
        custody.forEach((unit, holders) -> holders.forEach((from, holder) -> periods.add(
                DemoIds.of("custody", holder.act.toString()),
                unit,
                holder.org,
                from,
                holders.higherKey(from),
                holder.act)));
        acts.sort(Comparator.comparing(HistoryImport.PastAct::occurredAt));
        ledger.bring(c, regulator, acts);
        periods.write(c);
        history.write(c);
        holds.write(c);
        guests.write(c);
    }
}
