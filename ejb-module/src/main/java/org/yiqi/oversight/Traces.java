package org.yiqi.oversight;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.yiqi.contract.Act;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.Party;
import org.yiqi.contract.Responsibility;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.ActView;
import org.yiqi.ledger.LedgerReader;
import org.yiqi.ledger.LedgerSetting;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** A unit's history on the ledger, for whoever may see the unit; a regulator's look is written down. */
@Stateless
@Secured
@RolesAllowed("**")
public class Traces {

    private static final int MOST_MATCHES = 20;
    private static final Pattern SERIAL = Pattern.compile("\\(21\\)([^()]{1,20})");
    private static final Pattern DEVICE = Pattern.compile("\\(01\\)(\\d{14})");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    LedgerSetting setting;

    @Inject
    Units units;

    @Inject
    Looks looks;

    @Inject
    Caller caller;

    @Inject
    AuditLog audit;

    /** Units by serial number, UDI, label (QR) text, asset number or name. */
    public List<UnitMatch> find(String entered) {
        String text = entered.strip();
        if (text.isEmpty()) {
            return List.of();
        }
        Map<UUID, UnitMatch> found = new LinkedHashMap<>();
        units.byLabel(text).ifPresent(unit -> found.put(unit.id(), match(unit)));
        Matcher serial = SERIAL.matcher(text);
        if (serial.find()) {
            ListQuery query = few().where("serial", serial.group(1));
            Matcher device = DEVICE.matcher(text);
            add(found, device.find() ? query.where("deviceIdentifier", device.group(1)) : query);
        }
        if (found.isEmpty()) {
            add(found, few().where("serial", text));
            add(found, new ListQuery(MOST_MATCHES, 0, null, List.of(), text, Map.of()));
        }
        return found.values().stream().limit(MOST_MATCHES).toList();
    }

    private static ListQuery few() {
        return new ListQuery(MOST_MATCHES, 0, null, List.of(), null, Map.of());
    }

    private void add(Map<UUID, UnitMatch> found, ListQuery query) {
        for (UnitRow row : units.list(query).items()) {
            found.putIfAbsent(
                    row.id(),
                    new UnitMatch(
                            row.id(),
                            row.modelNameZh(),
                            row.modelNameEn(),
                            row.manufacturer(),
                            row.serial(),
                            row.assetTag()));
        }
    }

    private static UnitMatch match(UnitView unit) {
        return new UnitMatch(
                unit.id(),
                unit.model().nameZh(),
                unit.model().nameEn(),
                unit.model().manufacturer(),
                unit.serial(),
                unit.assetTag());
    }

    /** @throws NotFound {@code equipment.unit-not-found}, also for a unit that the caller may not see */
    public TraceView trace(UUID unitId) {
        UnitView unit = units.get(unitId);
        looked("oversight.traced", "TRACE", unitId);
        return LedgerWide.on(dataSource, c -> {
            List<Subject> subjects = new ArrayList<>(List.of(Subject.custody(unitId), Subject.holds(unitId)));
            bought(c, subjects);
            List<ActView> acts = LedgerReader.acts(c, subjects);
            List<Responsibility> spans = LedgerReader.responsibilities(c, unitId);
            return view(c, unit, acts, spans);
        });
    }

    /** What was bought begins with the contract that it came by, and that with its tender. */
    private static void bought(Connection c, List<Subject> subjects) throws SQLException {
        for (ActView sold : LedgerReader.acts(c, List.copyOf(subjects))) {
            if (sold.signed().act().body().get("contract") instanceof String contract) {
                Subject deal = Subject.contract(UUID.fromString(contract));
                for (ActView signed : LedgerReader.acts(c, List.of(deal))) {
                    if (signed.signed().act().body().get("tender") instanceof String tender) {
                        subjects.add(Subject.tender(UUID.fromString(tender)));
                    }
                }
                subjects.add(deal);
            }
        }
    }

    private TraceView view(Connection c, UnitView unit, List<ActView> acts, List<Responsibility> spans)
            throws SQLException {
        Set<UUID> ids = new HashSet<>(Set.of(unit.ownerId()));
        List<String> keyIds = new ArrayList<>();
        for (ActView act : acts) {
            act.signed().act().parties().stream().map(Party::org).forEach(ids::add);
            act.signed().signatures().forEach(signature -> {
                ids.add(signature.org());
                keyIds.add(signature.keyId());
            });
            ids.addAll(act.missing());
        }
        spans.forEach(span -> ids.add(span.custodian()));
        Map<UUID, OrganisationName> names = OrganisationName.of(c, ids);
        Map<String, OrganisationKey.Custody> custody = LedgerReader.custodyOfKeys(c, keyIds);
        List<TraceView.Span> custodySpans = new ArrayList<>(spans.stream()
                .map(span -> new TraceView.Span(
                        name(names, span.custodian()), span.from(), span.to(), span.since(), span.imported()))
                .toList());
        Collections.reverse(custodySpans);
        List<TraceView.Event> events = new ArrayList<>(
                acts.stream().map(act -> event(act, names, custody)).toList());
        Collections.reverse(events);
        return new TraceView(
                unit.id(),
                setting.kind().notice(),
                unit.model().nameZh(),
                unit.model().nameEn(),
                unit.model().manufacturer(),
                unit.serial(),
                unit.udi(),
                unit.assetTag(),
                name(names, unit.ownerId()),
                custodySpans,
                events);
    }

    private static TraceView.Event event(
            ActView view, Map<UUID, OrganisationName> names, Map<String, OrganisationKey.Custody> custody) {
        Act act = view.signed().act();
        return new TraceView.Event(
                act.id(),
                act.type(),
                act.occurredAt(),
                view.recordedAt(),
                view.state().name(),
                act.parties().stream()
                        .map(p -> new TraceView.PartyName(
                                name(names, p.org()), p.role().name()))
                        .toList(),
                view.signed().signatures().stream()
                        .map(s -> new TraceView.Signed(
                                name(names, s.org()),
                                s.keyId(),
                                s.alg().name(),
                                custody.getOrDefault(s.keyId(), OrganisationKey.Custody.HELD)
                                        .name()))
                        .toList(),
                view.missing().stream().map(org -> name(names, org)).toList(),
                act.imported(),
                act.body().get("reason") instanceof String reason ? reason : "",
                view.digest(),
                view.reference(),
                view.refusal());
    }

    /** Who answered for a unit at an instant, by what is recorded. */
    public CustodianView custodian(UUID unitId, Instant at) {
        units.get(unitId);
        looked("oversight.custodian-asked", "CUSTODIAN", unitId);
        return LedgerWide.on(dataSource, c -> {
            Optional<Responsibility> held = LedgerReader.custodianAt(c, unitId, at);
            if (held.isEmpty()) {
                return new CustodianView(unitId, at, setting.kind().notice(), null, null, null, null, false);
            }
            Responsibility one = held.get();
            OrganisationName name = name(OrganisationName.of(c, List.of(one.custodian())), one.custodian());
            return new CustodianView(
                    unitId, at, setting.kind().notice(), name, one.from(), one.to(), one.since(), one.imported());
        });
    }

    private void looked(String audited, String look, UUID unit) {
        if (caller.scope() == Scope.REGULATOR) {
            audit.write(audited, unit.toString(), Map.of());
            looks.record(look, unit);
        }
    }

    private static OrganisationName name(Map<UUID, OrganisationName> names, UUID id) {
        return names.getOrDefault(id, new OrganisationName(id, id.toString(), id.toString()));
    }
}
