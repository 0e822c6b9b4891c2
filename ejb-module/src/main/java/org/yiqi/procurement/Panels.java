package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.yiqi.contract.evaluation.Draw;
import org.yiqi.organisation.People;
import org.yiqi.organisation.PersonView;
import org.yiqi.procurement.EvaluationRows.Head;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.procurement.domain.PanelRules;
import org.yiqi.procurement.domain.PanelRules.Candidate;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Panels: drawn by a seed whose digest was published with the tender and a word of whoever draws. Who declines or recuses themselves is
 * followed by the next of the same draw. The first drawn is the chair; people of the buyer never are.
 */
@Stateless
@Secured
public class Panels {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    EvaluationRows rows;

    @Inject
    Judgements judgements;

    @Inject
    Tenders tenders;

    @Inject
    People people;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("evaluation_pkey", "procurement.panel-drawn");
        DatabaseRefusals.register("panel_seat_person_once", "procurement.on-panel-already");
        DatabaseRefusals.register("panel_seat_taken_once", "procurement.seat-taken");
        DatabaseRefusals.register("tender_formula_stays", "procurement.tender-state");
        DatabaseRefusals.register("draw_once", "procurement.panel-drawn");
    }

    /** The digests of the seeds are public with the tender. */
    @RolesAllowed("**")
    public void on(@Observes TenderPublished published) {
        commit(published.tender());
    }

    void commit(UUID tender) {
        for (Draw.Purpose purpose : List.of(Draw.Purpose.PANEL, Draw.Purpose.TIE)) {
            byte[] seed = new byte[Draw.SEED];
            RANDOM.nextBytes(seed);
            rows.commit(tender, purpose.name(), Draw.commitment(seed), seed, clock.instant());
        }
    }

    /**
     * Names the formula by which prices become points, while the tender is a draft.
     *
     * @throws RuleViolation {@code procurement.formula-unknown}
     * @throws Conflict {@code procurement.tender-state}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public void choose(UUID tender, long seen, String code) {
        tenders.own(tender, seen, TenderState.DRAFT);
        if (!formulas().contains(code)) {
            throw new RuleViolation("procurement.formula-unknown", "There is no such formula")
                    .at("/formula", "one of " + String.join(", ", formulas()));
        }
        rows.update("""
                insert into procurement.tender_formula(tender_id, code) values (?,?)
                on conflict (tender_id) do update set code = excluded.code""", tender, code);
        audit.write("procurement.formula-chosen", tender.toString(), Map.of("formula", code));
    }

    /** The formulas that a tender of today can name. */
    @RolesAllowed("**")
    public List<String> formulas() {
        return rows.formulas(today());
    }

    /** The draws of a tender, for anyone to make again. */
    @RolesAllowed("**")
    public List<DrawView> draws(UUID tender) {
        tenders.get(tender);
        return rows.draws(tender);
    }

    /**
     * Draws a panel once the bidders are known, and invites it.
     *
     * @param word of the caller's own: it goes into the draw with the seed
     * @param representatives people of the buyer; at most a third of the seats
     * @throws Conflict {@code procurement.tender-state}, {@code procurement.panel-drawn}, {@code procurement.too-few-experts}
     * @throws RuleViolation {@code procurement.panel-invalid}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public void draw(UUID id, long seen, String word, List<UUID> representatives) {
        TenderView tender = tenders.own(id, seen, TenderState.OPENED);
        PanelRules rules = rows.panelRules(today());
        long ceiling = tender.terms().lots().stream()
                .mapToLong(lot -> lot.ceiling().minor())
                .sum();
        int size = rules.size(ceiling);
        int most = size - rules.experts(size);
        new Limits("procurement.panel-invalid", "The panel cannot be drawn like this")
                .text("/word", word, 200)
                .check("/representatives", representatives.size() <= most, "at most " + most + " of " + size)
                .check(
                        "/representatives",
                        new HashSet<>(representatives).size() == representatives.size(),
                        "each person once")
                .refuse();
        Set<UUID> bidders = bidders(tender);
        List<String> categories =
                tender.terms().lots().stream().map(Lot::category).distinct().toList();
        Map<UUID, Candidate> free = rows.candidates(categories, today()).stream()
                .filter(each ->
                        rules.conflict(each, tender.buyerId(), bidders, today()).isEmpty())
                .collect(Collectors.toMap(Candidate::expert, each -> each));
        byte[] seed = rows.seed(id, Draw.Purpose.PANEL.name()).orElseThrow(Panels::noSeed);
        List<UUID> candidates = free.keySet().stream().sorted().toList();
        List<UUID> order = Draw.order(seed, Draw.Purpose.PANEL, id, word.strip(), candidates);
        int wanted = size - representatives.size();
        rows.update(
                """
                insert into procurement.evaluation(tender_id, org_id, state, rules_of, formula, panel, experts, began_by, began_at)
                values (?,?, 'PANEL', ?,?,?,?,?,?)""",
                id,
                tender.buyerId(),
                rules.fromDay(),
                rows.formulaOf(id).orElse("LOWEST"),
                size,
                wanted,
                caller.personId(),
                clock.instant());
        rows.reveal(
                id,
                Draw.Purpose.PANEL.name(),
                HexFormat.of().formatHex(seed),
                word.strip(),
                candidates,
                clock.instant());
        Map<UUID, Integer> ofOrganisation = new HashMap<>();
        int number = 0;
        for (UUID expert : order) {
            Candidate candidate = free.get(expert);
            if (candidate != null
                    && number < wanted
                    && ofOrganisation.merge(candidate.organisation(), 1, Integer::sum) <= rules.oneOrganisation()) {
                invite(
                        id,
                        ++number,
                        SeatView.Kind.EXPERT,
                        candidate.person(),
                        candidate.organisation(),
                        candidate.name(),
                        rules);
            }
        }
        if (number < wanted) {
            throw new Conflict("procurement.too-few-experts", "The pool has too few experts without a conflict")
                    .with("wanted", wanted)
                    .with("found", number);
        }
        for (UUID person : representatives) {
            PersonView own = people.get(person);
            invite(id, ++number, SeatView.Kind.BUYER, person, caller.orgId(), own.name(), rules);
        }
        audit.write("procurement.panel-drawn", id.toString(), Map.of("candidates", candidates.size(), "panel", size));
    }

    private void invite(
            UUID tender, int number, SeatView.Kind kind, UUID person, UUID org, String name, PanelRules rules) {
        Instant now = clock.instant();
        rows.update(
                """
                insert into procurement.panel_seat(id, tender_id, number, kind, person_id, org_id, name, state, invited_at, answer_until)
                values (?,?,?,?,?,?,?, 'INVITED', ?,?)""",
                Ids.next(),
                tender,
                number,
                kind.name(),
                person,
                org,
                name,
                now,
                now.plus(Duration.ofHours(rules.invitationHours())));
    }

    private Set<UUID> bidders(TenderView tender) {
        String first = tender.terms().envelopes().get(0).name();
        return rows.opened(tender.id(), first).stream()
                .map(EvaluationRows.Opened::bidder)
                .collect(Collectors.toSet());
    }

    /**
     * The caller declares that nothing binds them to the buyer or a bidder, and takes the seat.
     *
     * @throws Conflict {@code procurement.not-invited}
     * @throws RuleViolation {@code procurement.declaration-missing}
     */
    @RolesAllowed("**")
    public void accept(UUID tender, boolean unbound) {
        new Limits("procurement.declaration-missing", "Declare that nothing binds you, or decline")
                .check("/unbound", unbound, "true: no interest in buyer or bidders")
                .refuse();
        Head head = inPanel(tender);
        SeatView seat = own(tender, SeatView.State.INVITED);
        if (clock.instant().isAfter(seat.answerUntil())) {
            throw new Conflict("procurement.invitation-expired", "The invitation was answered too late");
        }
        answer(seat, SeatView.State.ACCEPTED, "");
        List<SeatView> taken = rows.seats(tender).stream()
                .filter(each -> each.state() == SeatView.State.ACCEPTED)
                .toList();
        if (taken.size() == head.panel()) {
            begin(head);
        }
        audit.write("procurement.seat-accepted", tender.toString(), Map.of("seat", seat.number()));
    }

    /**
     * The caller declines, or recuses themselves after having accepted; the next of the draw is invited.
     *
     * @throws Conflict {@code procurement.not-invited}, {@code procurement.sheet-locked}
     * @throws RuleViolation {@code procurement.reason-missing}
     */
    @RolesAllowed("**")
    public void leave(UUID tender, String reason) {
        new Limits("procurement.reason-missing", "Say why")
                .text("/reason", reason, 2000)
                .refuse();
        Head head = rows.lock(tender).orElseThrow(Panels::unknown);
        SeatView seat = own(tender, SeatView.State.INVITED, SeatView.State.ACCEPTED);
        boolean movable = head.state() == EvaluationState.PANEL || head.state() == EvaluationState.SCORING;
        if (!movable || seat.locked() > 0) {
            throw new Conflict("procurement.sheet-locked", "Sheets are locked: the seat is not given up any more");
        }
        boolean invited = seat.state() == SeatView.State.INVITED;
        answer(seat, invited ? SeatView.State.DECLINED : SeatView.State.RECUSED, reason.strip());
        rows.dropSheets(seat.id());
        replace(head, seat);
        audit.write(
                "procurement.seat-left", tender.toString(), Map.of("seat", seat.number(), "reason", reason.strip()));
    }

    /**
     * Follows everybody whose invitation has run out by the next of the draw.
     *
     * @throws Conflict {@code procurement.tender-state}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public void replaceSilent(UUID tender) {
        Head head = inPanel(tender);
        if (!head.buyer().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-tender", "Only its buyer moves a tender on");
        }
        List<SeatView> silent = rows.seats(tender).stream()
                .filter(seat -> seat.state() == SeatView.State.INVITED
                        && clock.instant().isAfter(seat.answerUntil()))
                .toList();
        for (SeatView seat : silent) {
            answer(seat, SeatView.State.EXPIRED, "");
            replace(head, seat);
        }
        audit.write("procurement.silent-replaced", tender.toString(), Map.of("seats", silent.size()));
    }

    private void replace(Head head, SeatView left) {
        PanelRules rules = rows.panelRules(head.rulesOf());
        List<SeatView> seats = rows.seats(head.tender());
        if (left.kind() == SeatView.Kind.BUYER) {
            // A third of the seats may be the buyer's, none has to be.
            rows.update("update procurement.evaluation set experts = experts + 1 where tender_id = ?", head.tender());
        }
        DrawView draw = rows.draws(head.tender()).stream()
                .filter(each -> each.purpose().equals(Draw.Purpose.PANEL.name()))
                .findFirst()
                .orElseThrow();
        List<UUID> order = Draw.order(
                HexFormat.of().parseHex(draw.seed()),
                Draw.Purpose.PANEL,
                head.tender(),
                draw.word(),
                draw.candidates());
        Map<UUID, Candidate> experts = rows.experts(order);
        Set<UUID> asked = new HashSet<>();
        Map<UUID, Long> ofOrganisation = new HashMap<>();
        for (SeatView seat : seats) {
            asked.add(seat.personId());
            if (seat.state() == SeatView.State.INVITED || seat.state() == SeatView.State.ACCEPTED) {
                ofOrganisation.merge(seat.organisationId(), 1L, Long::sum);
            }
        }
        Candidate next = order.stream()
                .map(experts::get)
                .filter(each -> each != null
                        && !asked.contains(each.person())
                        && ofOrganisation.getOrDefault(each.organisation(), 0L) < rules.oneOrganisation())
                .findFirst()
                .orElseThrow(() -> new Conflict("procurement.too-few-experts", "Nobody of the draw is left"));
        invite(
                head.tender(),
                left.number(),
                SeatView.Kind.EXPERT,
                next.person(),
                next.organisation(),
                next.name(),
                rules);
        if (head.state() == EvaluationState.SCORING) {
            rows.move(head, EvaluationState.PANEL);
        }
    }

    /** The panel is whole: each seat gets a sheet for each bid that can be read. */
    private void begin(Head head) {
        TenderView tender = tenders.get(head.tender());
        judgements.giveSheets(tender);
        rows.move(head, EvaluationState.SCORING);
        rows.update(
                "update procurement.tender set version = version + 1, state = 'EVALUATION' where id = ? and state = 'OPENED'",
                head.tender());
    }

    private void answer(SeatView seat, SeatView.State state, String reason) {
        rows.update(
                "update procurement.panel_seat set version = version + 1, state = ?, answered_at = ?, reason = ? where id = ?",
                state.name(),
                clock.instant(),
                reason,
                seat.id());
    }

    private Head inPanel(UUID tender) {
        Head head = rows.lock(tender).orElseThrow(Panels::unknown);
        if (head.state() != EvaluationState.PANEL) {
            throw new Conflict("procurement.evaluation-step", "The evaluation is not at this step")
                    .with("state", head.state().name());
        }
        return head;
    }

    private SeatView own(UUID tender, SeatView.State... states) {
        return rows.seats(tender).stream()
                .filter(seat -> caller.personId().equals(seat.personId())
                        && List.of(states).contains(seat.state()))
                .findFirst()
                .orElseThrow(() -> new Conflict("procurement.not-invited", "You are not asked to this panel"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), BusinessCalendar.CHINA);
    }

    static NotFound unknown() {
        return new NotFound("procurement.evaluation-not-found", "No panel has been drawn");
    }

    static Conflict noSeed() {
        return new Conflict("procurement.no-seed", "No seed was committed to when the tender was published");
    }
}
