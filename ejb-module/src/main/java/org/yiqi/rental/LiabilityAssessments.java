package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.rental.domain.BookValue;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * What a damage costs: the quote of who would repair it, the estimate of somebody who has nothing to do with the case, and
 * what the unit was worth. The lower of quote and estimate counts, without what makes the unit better than it was, and never
 * more than its worth.
 */
@Stateless
@Secured
public class LiabilityAssessments {

    private static final long MOST_MONEY = 1_000_000_000_000L;
    private static final int LONGEST = 4000;
    private static final Set<String> REPAIRERS = Set.of("SERVICE", "SUPPLIER");

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    LiabilityExhibits exhibits;

    @Inject
    LiabilityProgress progress;

    @Inject
    Unrelated unrelated;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Units units;

    @Inject
    Organisations organisations;

    /**
     * Asks a service organisation for a quote and another, unrelated organisation for an estimate. Until one of them has
     * answered others may be asked in its place.
     *
     * @throws RuleViolation {@code rental.assessor-unfit} naming the field, {@code rental.assessor-related}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public LiabilityView ask(UUID id, UUID repairer, UUID estimator) {
        LiabilityView seen = store.lock(id);
        ownerOnly(seen);
        gathering(seen);
        if (repairer.equals(estimator)) {
            throw unfit().at("/estimatorId", "another organisation than the repairer");
        }
        if (!REPAIRERS.contains(approved(repairer, "/repairerId").kind())) {
            throw unfit().at("/repairerId", "a service organisation or supplier");
        }
        approved(estimator, "/estimatorId");
        String why = unrelated.conflict(seen, estimator);
        if (why != null) {
            throw new RuleViolation("rental.assessor-related", "The estimate comes from somebody unrelated")
                    .at("/estimatorId", why);
        }
        replace(seen, LiabilityEvidenceKind.REPAIR_QUOTE, repairer);
        replace(seen, LiabilityEvidenceKind.ESTIMATE, estimator);
        store.touch(seen, "ask-assessors", "", clock.instant(), "");
        audit.write(
                "rental.assessors-asked",
                id.toString(),
                Map.of("repairer", repairer.toString(), "estimator", estimator.toString()));
        return store.get(id);
    }

    /**
     * Gives the quote or estimate that the caller's organisation was asked for.
     *
     * @param betterment what the repair makes better than it was before the damage; its owner bears it
     * @throws Conflict {@code rental.assessment-given}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.TECHNICIAN, Roles.SUPPLIER, Roles.ORG_ADMIN, Roles.SIGNATORY})
    public LiabilityView give(UUID id, Money repair, Money betterment, String note) {
        LiabilityView seen = store.lock(id);
        LiabilityView.Assessment mine = seen.assessments().stream()
                .filter(a -> a.org().equals(caller.orgId()))
                .findFirst()
                .orElseThrow(() -> new NotPermitted("rental.assessor-only", "Your organisation was not asked"));
        gathering(seen);
        if (mine.givenAt() != null) {
            throw new Conflict("rental.assessment-given", "Your organisation has answered");
        }
        money("/repair", repair, 0);
        money("/betterment", betterment, 0);
        if (betterment.minor() > repair.minor()) {
            throw new RuleViolation("rental.assessment-invalid", "Betterment is a part of the repair")
                    .at("/betterment", "at most the repair");
        }
        if (note.length() > LONGEST) {
            throw new RuleViolation("rental.assessment-invalid", "The note is too long")
                    .at("/note", "at most " + LONGEST + " characters");
        }
        Instant now = clock.instant();
        sql.update(
                """
                update rental.liability_assessment set repair_minor = ?, betterment_minor = ?, note = ?, given_by = ?, given_at = ?
                where liability_id = ? and kind = ?""",
                repair.minor(),
                betterment.minor(),
                note.strip(),
                caller.personId(),
                now,
                id,
                mine.kind().name());
        exhibits.add(
                id,
                mine.kind(),
                caller.orgId(),
                Map.of("repair", repair, "betterment", betterment, "note", note.strip()));
        store.touch(seen, mine.kind() == LiabilityEvidenceKind.ESTIMATE ? "estimate" : "quote", "", now, "");
        audit.write(
                "rental.assessment-given",
                id.toString(),
                Map.of("kind", mine.kind().name(), "repair", repair.toString(), "betterment", betterment.toString()));
        progress.assessIfComplete(id);
        return store.get(id);
    }

    /**
     * Values the unit by straight-line depreciation to the day of the damage.
     *
     * @param cost what it cost; null for what its record says
     * @param acquiredOn when it was bought; null for what its record says
     * @param lifeYears over which it is written off; null for the class's by the rules
     * @param residualPercent of the cost that stays at the end; null for the rules'
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.FINANCE, Roles.PLATFORM_OPERATOR})
    public LiabilityView value(
            UUID id,
            @Nullable Money cost,
            @Nullable LocalDate acquiredOn,
            @Nullable Integer lifeYears,
            @Nullable Integer residualPercent) {
        LiabilityView seen = store.lock(id);
        ownerOnly(seen);
        gathering(seen);
        LocalDate day = LocalDate.ofInstant(seen.discoveredAt(), Liabilities.ZONE);
        UnitView unit = units.get(seen.unit().id());
        Money paid = Optional.ofNullable(cost)
                .or(() -> Optional.ofNullable(unit.acquisitionCost()).map(Amount::toMoney))
                .orElseThrow(() -> invalid().at("/cost", "what the unit cost"));
        LocalDate bought = Optional.ofNullable(acquiredOn)
                .or(() -> Optional.ofNullable(unit.acquiredOn()))
                .orElseThrow(() -> invalid().at("/acquiredOn", "when the unit was bought"));
        int life = lifeYears == null ? store.lifeYears(seen.unit().category(), day) : lifeYears;
        int residual = residualPercent == null ? store.rules(seen.rulesOf()).residualPercent() : residualPercent;
        money("/cost", paid, 1);
        if (bought.isAfter(day)) {
            throw invalid().at("/acquiredOn", "not after the damage");
        }
        if (life < 1 || life > 50) {
            throw invalid().at("/lifeYears", "1 to 50");
        }
        if (residual < 0 || residual > 99) {
            throw invalid().at("/residualPercent", "0 to 99");
        }
        Money value = new BookValue(paid, bought, life, residual).on(day);
        Instant now = clock.instant();
        store.touch(
                seen,
                "value",
                value.toString(),
                now,
                ", cost_minor = ?, acquired_on = ?, life_years = ?, residual_percent = ?, value_minor = ?",
                paid.minor(),
                bought,
                life,
                residual,
                value.minor());
        exhibits.add(
                id,
                LiabilityEvidenceKind.VALUE,
                caller.orgId(),
                Map.of(
                        "cost", paid,
                        "acquiredOn", bought,
                        "lifeYears", life,
                        "residualPercent", residual,
                        "day", day,
                        "value", value));
        audit.write("rental.damaged-unit-valued", id.toString(), Map.of("value", value.toString()));
        progress.assessIfComplete(id);
        return store.get(id);
    }

    private void replace(LiabilityView seen, LiabilityEvidenceKind kind, UUID org) {
        Optional<LiabilityView.Assessment> before =
                seen.assessments().stream().filter(a -> a.kind() == kind).findFirst();
        if (before.isPresent()
                && before.get().givenAt() != null
                && !before.get().org().equals(org)) {
            throw new Conflict("rental.assessment-given", "Who was asked before has answered");
        }
        sql.update("""
                insert into rental.liability_assessment(liability_id, kind, org_id, asked_at) values (?, ?, ?, ?)
                on conflict (liability_id, kind) do update set org_id = excluded.org_id""", seen.id(), kind.name(), org, clock.instant());
        store.admit(seen.id(), org);
    }

    private OrganisationView approved(UUID org, String pointer) {
        try {
            OrganisationView found = organisations.get(org);
            if (found.status().equals("APPROVED")) {
                return found;
            }
        } catch (NotFound e) {
            throw new RuleViolation("rental.assessor-unfit", "This organisation cannot assess the damage", e)
                    .at(pointer, "an approved organisation");
        }
        throw unfit().at(pointer, "an approved organisation");
    }

    private void ownerOnly(LiabilityView seen) {
        if (caller.scope() != Scope.PLATFORM && !caller.orgId().equals(seen.ownerOrg())) {
            throw new NotPermitted("rental.owner-only", "Only the owner of the unit does this");
        }
    }

    private static void gathering(LiabilityView seen) {
        if (seen.state() != LiabilityState.EVIDENCE && seen.state() != LiabilityState.STATEMENTS) {
            throw LiabilityStore.wrongState(seen.state());
        }
    }

    private static void money(String pointer, Money money, long least) {
        if (money.minor() < least
                || money.minor() > MOST_MONEY
                || !money.currency().equals("CNY")) {
            throw new RuleViolation("rental.assessment-invalid", "An amount is out of range")
                    .at(pointer, least + " to " + MOST_MONEY / 100 + " CNY");
        }
    }

    private static RuleViolation unfit() {
        return new RuleViolation("rental.assessor-unfit", "This organisation cannot assess the damage");
    }

    private static RuleViolation invalid() {
        return new RuleViolation("rental.assessment-invalid", "The unit's value needs more");
    }
}
