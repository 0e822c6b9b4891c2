package org.yiqi.disposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.disposal.domain.DisposalRules;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.RuleViolation;

/** Puts a round of an auction before the recyclers. */
@ApplicationScoped
class Listings {

    private static final Duration LONGEST = Duration.ofDays(60);
    private static final long MOST_MONEY = 1_000_000_000_000L;

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    Units units;

    @Inject
    Organisations organisations;

    @Inject
    Clock clock;

    /** The row of a new round, checked; its disposal is listed. */
    UUID insert(DisposalView disposal, ListUnit wanted, int round) {
        Instant now = clock.instant();
        DisposalRules rules = store.rules(Disposals.today(now));
        Instant earliest = now.plus(Duration.ofHours(rules.rectificationHours()));
        Instant opens = wanted.opensAt() == null ? earliest : wanted.opensAt();
        check(wanted, opens, earliest, rules);
        UnitView unit = units.get(disposal.unitId());
        UUID id = Ids.next();
        boolean sealed = wanted.kind() == AuctionKind.SEALED;
        sql.update(
                """
                insert into disposal.auction(id, disposal_id, number, round, unit_id, owner_id, unit_zh, unit_en, category, condition,
                  region_code, description, kind, state, currency, start_minor, step_minor, step_seconds, deposit_minor, listed_at,
                  opens_at, closes_at, reveal_until)
                values (?,?,?,?,?,?,?,?,?,?,?,?,?, 'RUNNING', ?,?,?,?,?,?,?,?,?)""",
                id,
                disposal.id(),
                disposal.number() + "-" + round,
                round,
                unit.id(),
                unit.ownerId(),
                disposal.unitZh(),
                disposal.unitEn(),
                disposal.category(),
                unit.condition().name(),
                unit.regionCode(),
                wanted.description().strip(),
                wanted.kind().name(),
                wanted.start().currency(),
                wanted.start().minor(),
                wanted.step().minor(),
                wanted.stepSeconds(),
                rules.deposit(wanted.start().minor()),
                now,
                opens,
                wanted.closesAt(),
                sealed ? wanted.closesAt().plus(Duration.ofHours(rules.revealHours())) : null);
        sql.update(
                "insert into disposal.reserve values (?,?,?)",
                id,
                unit.ownerId(),
                wanted.reserve().minor());
        store.move(disposal.id(), DisposalState.LISTED, ", recycler_id = null, price_minor = null, pay_by = null");
        organisations
                .list(new ListQuery(
                        ListQuery.MAX_LIMIT,
                        0,
                        null,
                        List.of(),
                        null,
                        Map.of("kind", List.of("RECYCLER"), "status", List.of("APPROVED"))))
                .items()
                .stream()
                .map(OrganisationView::id)
                .forEach(recycler -> units.show(unit.id(), recycler, id));
        return id;
    }

    private static void check(ListUnit w, Instant opens, Instant earliest, DisposalRules rules) {
        RuleViolation refusal =
                new RuleViolation("disposal.listing-invalid", "Some values of the listing are out of range");
        if (w.description().isBlank() || w.description().length() > 4000) {
            refusal.at("/description", "1 to 4000 characters");
        }
        String currency = w.start().currency();
        money(refusal, "/start", w.start(), currency);
        money(refusal, "/step", w.step(), currency);
        money(refusal, "/reserve", w.reserve(), currency);
        if (w.stepSeconds() < 1 || w.stepSeconds() > 86_400) {
            refusal.at("/stepSeconds", "1 to 86400");
        }
        if (opens.isBefore(earliest)) {
            refusal.at("/opensAt", "at least " + rules.rectificationHours() + " hours from now");
        }
        if (!w.closesAt().isAfter(opens)) {
            refusal.at("/closesAt", "after the beginning");
        } else if (Duration.between(opens, w.closesAt()).compareTo(LONGEST) > 0) {
            refusal.at("/closesAt", "at most " + LONGEST.toDays() + " days after the beginning");
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
    }

    private static void money(RuleViolation refusal, String field, Money m, String currency) {
        if (m.minor() < 1 || m.minor() > MOST_MONEY) {
            refusal.at(field, "1 to " + MOST_MONEY + " in the smallest unit");
        }
        if (!m.currency().equals(currency)) {
            refusal.at(field, "in " + currency);
        }
    }
}
