package org.yiqi.rental;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.CustodyPeriod;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * Cases of damage: their report, who takes part, and what was gathered. What the parties say is in
 * {@link LiabilityStatements}, what it costs in {@link LiabilityAssessments}, who bears it in {@link LiabilitySplits}.
 */
@Stateless
@Secured
public class Liabilities {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int MOST_PARTIES = 12;
    private static final int MOST_PHOTOS = 20;
    private static final int LONGEST = 4000;

    /** Roles that a reporter gives; the others follow from the unit and from who reports. */
    private static final Set<LiabilityRole> NAMED =
            EnumSet.of(LiabilityRole.CARRIER, LiabilityRole.SUPPLIER, LiabilityRole.PLATFORM, LiabilityRole.MAINTAINER);

    private static final Listing<LiabilityRow> LISTING = Listing.of(
                    "l.*", "rental.liability l", "l.id", LiabilityStore::row)
            .sort("reportedAt", "l.reported_at", "timestamptz")
            .sort("number", "l.number", "text")
            .sort("state", "l.state", "text")
            .sort("unit", "l.unit_zh", "text")
            .defaultSort("-reportedAt")
            .filter("state", "l.state", "text")
            .filter("unit", "l.unit_id", "uuid")
            .filter("rental", "l.rental_id", "uuid")
            .filter("damage", "l.damage", "text")
            .filter("harm", "l.harm", "boolean")
            .filterWhere("open", "(l.state not in ('SETTLED', 'WITHDRAWN')) = any(cast(? as boolean[]))", "boolean")
            .search("(l.number || ' ' || l.unit_zh || ' ' || l.unit_en || ' ' || l.asset_tag) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    LiabilityExhibits exhibits;

    @Inject
    LiabilityProgress progress;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Acts acts;

    @Inject
    Units units;

    @Inject
    Custody custody;

    @Inject
    Organisations organisations;

    @Inject
    Event<HarmReported> harmed;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("liability_collecting", "rental.liability-open-for-unit");
        DatabaseRefusals.register("liability_evidence_frozen", "rental.evidence-frozen");
        DatabaseRefusals.register("liability_statement_once", "rental.statement-made");
        DatabaseRefusals.register("liability_shares_are_one", "rental.shares-not-one");
        DatabaseRefusals.register("liability_proposal_open", "rental.proposal-open");
        DatabaseRefusals.register("liability_assessors_differ", "rental.assessors-alike");
    }

    /** Filters: {@code state, unit, rental, damage, harm, open}; sorts: {@code reportedAt, number, state, unit}. */
    @RolesAllowed("**")
    public Page<LiabilityRow> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<LiabilityRow> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** @throws NotFound {@code rental.liability-not-found}, also for who takes no part in it */
    @RolesAllowed("**")
    public LiabilityView get(UUID id) {
        return store.get(id);
    }

    /**
     * Reports a damage and signs the report. With the signature the facts are gathered.
     *
     * @throws RuleViolation {@code rental.damage-late} after the hours of the rules, {@code rental.damage-invalid}
     * @throws Conflict {@code rental.liability-open-for-unit} while facts about a damage of the unit are gathered already
     */
    @RolesAllowed(Roles.SIGNATORY)
    public LiabilityView report(ReportDamage command) {
        Instant now = clock.instant();
        UnitView unit = units.get(command.unitId());
        LiabilityStore.Rules rules = store.rules(LocalDate.ofInstant(now, ZONE));
        check(command, rules, now);
        checkRental(command);
        UUID custodian = store.beyondTenant(() -> custody.custodianAt(unit.id(), command.discoveredAt()))
                .map(CustodyPeriod::orgId)
                .orElse(unit.custodianId());
        Map<UUID, Set<LiabilityRole>> parties = parties(command, unit, custodian);
        UUID id = Ids.next();
        insert(id, command, unit, custodian, rules, parties.keySet(), now);
        parties.forEach((org, roles) -> insertParty(id, org, roles));
        command.photos().forEach(photo -> exhibits.add(id, photo, caller.orgId()));
        UUID act = acts.propose(opened(id, unit.id(), command, parties.keySet(), now));
        LiabilityView reported = store.get(id);
        store.touch(reported, "report", command.damage().name(), now, ", opened_act = ?", act);
        audit.write(
                "rental.damage-reported",
                id.toString(),
                Map.of("unit", unit.id().toString(), "damage", command.damage().name(), "harm", command.harm()));
        if (command.harm()) {
            harmed.fire(new HarmReported(
                    id,
                    reported.number(),
                    unit.id(),
                    unit.ownerId(),
                    custodian,
                    caller.orgId(),
                    command.discoveredAt(),
                    now,
                    command.description().strip()));
        }
        progress.signedAtOnce(id, act);
        return store.get(id);
    }

    /**
     * Adds a photo, as long as the facts are not frozen.
     *
     * @param name of the file; the bytes decide what it is
     * @return the id of the piece of evidence
     * @throws Conflict {@code rental.evidence-frozen}
     */
    @RolesAllowed("**")
    public UUID addPhoto(UUID id, String name, byte[] content) {
        LiabilityView seen = store.lock(id);
        if (seen.party(caller.orgId()).isEmpty()) {
            throw new NotPermitted("rental.liability-party-only", "Only a party adds photos");
        }
        if (seen.frozenAt() != null || seen.state() == LiabilityState.WITHDRAWN) {
            throw new Conflict("rental.evidence-frozen", "The facts of this case are frozen");
        }
        long photos = seen.evidence().stream()
                .filter(e -> e.kind() == LiabilityEvidenceKind.PHOTO)
                .count();
        if (photos >= MOST_PHOTOS) {
            throw new RuleViolation("rental.too-many-photos", "At most " + MOST_PHOTOS + " photos")
                    .at("/photo", "at most " + MOST_PHOTOS);
        }
        DamagePhoto photo = new DamagePhoto(name, content);
        UUID evidence = exhibits.add(id, photo, caller.orgId());
        audit.write("rental.damage-photo", id.toString(), Map.of("evidence", evidence.toString()));
        return evidence;
    }

    /** @throws NotFound {@code rental.liability-not-found} */
    @RolesAllowed("**")
    public DamagePhoto photo(UUID id, UUID evidenceId) {
        return sql.first(
                        "select content, file from rental.liability_evidence where liability_id = ? and id = ? and file is not null",
                        rs -> new DamagePhoto(
                                LiabilityExhibits.facts(rs.getString(1)).get(0).value(), rs.getBytes(2)),
                        id,
                        evidenceId)
                .orElseThrow(() -> new NotFound("rental.liability-not-found", "No such photo"));
    }

    /**
     * Brings in another organisation that may have to answer. It has its own days for a statement.
     *
     * @throws Conflict {@code rental.liability-wrong-state} once the case is assessed
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SIGNATORY})
    public LiabilityView nameParty(UUID id, UUID org, LiabilityRole role) {
        LiabilityView seen = store.lock(id);
        partyOnly(seen);
        if (seen.state() != LiabilityState.EVIDENCE && seen.state() != LiabilityState.STATEMENTS) {
            throw LiabilityStore.wrongState(seen.state());
        }
        checkNamed(org, role, "/role", "/org");
        if (seen.parties().size() >= MOST_PARTIES) {
            throw invalid().at("/org", "at most " + MOST_PARTIES + " parties");
        }
        Instant now = clock.instant();
        if (seen.party(org).isPresent()) {
            sql.update(
                    "update rental.liability_party set roles = array_append(roles, ?) where liability_id = ? and org_id = ? and not ? = any(roles)",
                    role.name(),
                    id,
                    org,
                    role.name());
        } else {
            insertParty(id, org, EnumSet.of(role));
            store.admit(id, org);
            if (seen.state() == LiabilityState.STATEMENTS) {
                Instant due =
                        now.plus(Duration.ofDays(store.rules(seen.rulesOf()).statementDays()));
                sql.update(
                        "update rental.liability_party set due = ? where liability_id = ? and org_id = ?",
                        due,
                        id,
                        org);
                sql.update("update rental.liability set statements_due = ? where id = ?", due, id);
            }
        }
        store.touch(seen, "name-party", role.name(), now, "");
        audit.write("rental.liability-party-named", id.toString(), Map.of("org", org.toString(), "role", role.name()));
        return store.get(id);
    }

    private void partyOnly(LiabilityView seen) {
        if (caller.scope() != Scope.PLATFORM && seen.party(caller.orgId()).isEmpty()) {
            throw new NotPermitted("rental.liability-party-only", "Only a party of the case does this");
        }
    }

    private static RuleViolation invalid() {
        return new RuleViolation("rental.damage-invalid", "Some values of the report are out of range");
    }

    private void check(ReportDamage command, LiabilityStore.Rules rules, Instant now) {
        if (command.description().isBlank() || command.description().length() > LONGEST) {
            throw invalid().at("/description", "1 to " + LONGEST + " characters");
        }
        if (command.discoveredAt().isAfter(now)) {
            throw invalid().at("/discoveredAt", "not in the future");
        }
        if (command.discoveredAt().plus(Duration.ofHours(rules.reportHours())).isBefore(now)) {
            throw new RuleViolation(
                            "rental.damage-late", "A damage is reported within " + rules.reportHours() + " hours")
                    .at("/discoveredAt", "at most " + rules.reportHours() + " hours ago");
        }
        if (command.photos().size() > MOST_PHOTOS) {
            throw invalid().at("/photos", "at most " + MOST_PHOTOS);
        }
        if (command.others().size() > MOST_PARTIES - 4) {
            throw invalid().at("/others", "at most " + (MOST_PARTIES - 4));
        }
        for (int i = 0; i < command.others().size(); i++) {
            ReportDamage.Named named = command.others().get(i);
            checkNamed(named.org(), named.role(), "/others/" + i + "/role", "/others/" + i + "/org");
        }
    }

    private void checkNamed(UUID org, LiabilityRole role, String rolePointer, String orgPointer) {
        if (!NAMED.contains(role)) {
            throw invalid().at(rolePointer, "CARRIER, SUPPLIER, MAINTAINER or PLATFORM");
        }
        try {
            if (!organisations.get(org).status().equals("APPROVED")) {
                throw invalid().at(orgPointer, "an approved organisation");
            }
        } catch (NotFound e) {
            throw invalid().at(orgPointer, "an approved organisation");
        }
    }

    private void checkRental(ReportDamage command) {
        UUID rental = command.rentalId();
        if (rental != null
                && !sql.exists("select 1 from rental.rental where id = ? and unit_id = ?", rental, command.unitId())) {
            throw invalid().at("/rentalId", "a rental of this unit");
        }
    }

    /** Owner first, so that ties of rounding are the owner's. */
    private Map<UUID, Set<LiabilityRole>> parties(ReportDamage command, UnitView unit, UUID custodian) {
        Map<UUID, Set<LiabilityRole>> parties = new LinkedHashMap<>();
        add(parties, unit.ownerId(), LiabilityRole.OWNER);
        add(parties, custodian, LiabilityRole.CUSTODIAN);
        UUID maintainer = unit.maintainerId();
        if (maintainer != null) {
            add(parties, maintainer, LiabilityRole.MAINTAINER);
        }
        add(parties, caller.orgId(), LiabilityRole.REPORTER);
        command.others().forEach(named -> add(parties, named.org(), named.role()));
        return parties;
    }

    private static void add(Map<UUID, Set<LiabilityRole>> parties, UUID org, LiabilityRole role) {
        parties.computeIfAbsent(org, o -> new LinkedHashSet<>()).add(role);
    }

    private void insert(
            UUID id,
            ReportDamage command,
            UnitView unit,
            UUID custodian,
            LiabilityStore.Rules rules,
            Set<UUID> members,
            Instant now) {
        sql.update(
                """
                insert into rental.liability(id, number, state, unit_id, unit_zh, unit_en, asset_tag, category, owner_org, custodian_org,
                  reporter_org, rental_id, members, damage, description, harm, discovered_at, reported_at, reported_by, rules_of, currency)
                values (?, 'D-' || lpad(nextval('rental.liability_number')::text, 6, '0'), 'REPORTED',
                  ?,?,?,?,?,?,?,?,?, cast(? as uuid[]), ?,?,?,?,?,?,?, 'CNY')""",
                id,
                unit.id(),
                unit.model().name("zh"),
                unit.model().name("en"),
                unit.assetTag(),
                unit.model().category(),
                unit.ownerId(),
                custodian,
                caller.orgId(),
                command.rentalId(),
                members.stream().map(UUID::toString).toList(),
                command.damage().name(),
                command.description().strip(),
                command.harm(),
                command.discoveredAt(),
                now,
                caller.personId(),
                rules.fromDay());
    }

    private void insertParty(UUID id, UUID org, Set<LiabilityRole> roles) {
        sql.update(
                "insert into rental.liability_party(liability_id, org_id, roles) values (?, ?, ?)",
                id,
                org,
                roles.stream().map(LiabilityRole::name).toList());
    }

    private NewAct opened(UUID id, UUID unit, ReportDamage command, Set<UUID> parties, Instant now) {
        List<Party> bound = new ArrayList<>(List.of(new Party(caller.orgId(), PartyRole.REPORTER)));
        parties.stream()
                .filter(org -> !org.equals(caller.orgId()))
                .forEach(org -> bound.add(new Party(org, PartyRole.CONCERNED)));
        return new NewAct(
                "liability.opened",
                Subject.liability(id),
                now,
                bound,
                Map.of("reason", command.damage().name(), "unit", unit.toString()),
                List.of(),
                id);
    }
}
