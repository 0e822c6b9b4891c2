package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Act;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.contract.evaluation.Draw;
import org.yiqi.contract.evaluation.Evaluation;
import org.yiqi.contract.evaluation.EvaluationDocument;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.contract.evaluation.LotResult.Standing;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.procurement.EvaluationRows.Head;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * From locked sheets to a signed ranking. What the panel said is signed before the price envelopes are opened; abnormally low prices are
 * asked about and decided by the chair before the ranking is signed. {@link Awards} goes on from there.
 */
@Stateless
@Secured
public class Evaluations {

    private static final String SCORED = "tender.scored";
    private static final Set<EvaluationState> ASKING = Set.of(EvaluationState.QUALIFIED, EvaluationState.PRICED);
    private static final String PRICE = Envelope.PRICE.name();
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    EvaluationRows rows;

    @Inject
    Judgements judgements;

    @Inject
    Tenders tenders;

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<TenderRanked> ranked;

    /**
     * How the judging stands: scores once all sheets are locked, for the buyer, the panel and regulators; for everybody once the ranking
     * is signed.
     *
     * @throws NotFound {@code procurement.evaluation-not-found}
     */
    @RolesAllowed("**")
    public EvaluationView view(UUID tenderId) {
        TenderView tender = tenders.get(tenderId);
        Head head = rows.find(tenderId).orElseThrow(Panels::unknown);
        boolean signed = head.state().compareTo(EvaluationState.RANKED) >= 0;
        boolean judge = rows.judges(tenderId, caller.personId());
        boolean buyer = head.buyer().equals(caller.orgId());
        boolean watches = caller.scope() == Scope.REGULATOR;
        boolean scores = head.state().shows() && (signed || judge || buyer || watches);
        boolean names = signed || judge || watches;
        List<EvaluationRows.Sheet> sheets = rows.sheets(tenderId);
        return new EvaluationView(
                tenderId,
                head.version(),
                head.state(),
                head.rulesOf(),
                head.formula(),
                head.panel(),
                head.experts(),
                rows.seats(tenderId).stream()
                        .map(seat -> names || (seat.kind() == SeatView.Kind.BUYER && buyer) ? seat : seat.hidden())
                        .toList(),
                sheets.size(),
                (int) sheets.stream().filter(EvaluationRows.Sheet::locked).count(),
                scores || buyer ? bids(tender) : List.of(),
                scores ? results(tender, head) : List.of(),
                scores ? rows.lowPrices(tenderId) : List.of(),
                rows.decisions(tenderId),
                rows.documents(tenderId));
    }

    private List<EvaluationView.BidLine> bids(TenderView tender) {
        return rows.opened(tender.id(), tender.terms().envelopes().get(0).name()).stream()
                .map(each -> new EvaluationView.BidLine(each.bid(), each.lot(), each.bidder()))
                .toList();
    }

    /** What there is: the panel's points, and from the opening of the prices on the ranking, with those out that did not qualify. */
    private List<LotResult> results(TenderView tender, Head head) {
        List<LotResult> technical = judgements.technical(tender, head).results();
        if (head.state().compareTo(EvaluationState.PRICED) < 0) {
            return technical;
        }
        String seed = rows.draws(tender.id()).stream()
                .filter(draw -> draw.purpose().equals("TIE"))
                .map(DrawView::seed)
                .findFirst()
                .orElse("");
        Map<String, LotResult> before = new HashMap<>();
        technical.forEach(each -> before.put(each.lot(), each));
        List<LotResult> all = new ArrayList<>();
        for (LotResult result : judgements.priced(tender, head, seed).results()) {
            List<Standing> standings = new ArrayList<>(result.standings());
            LotResult out = before.get(result.lot());
            if (out != null) {
                out.standings().stream()
                        .filter(each -> standings.stream()
                                .noneMatch(known -> known.bid().equals(each.bid())))
                        .forEach(standings::add);
            }
            all.add(new LotResult(result.lot(), result.outcome(), standings));
        }
        return all;
    }

    /**
     * The buyer signs what the panel said, with the root over all of it; what qualified may be priced.
     *
     * @throws Conflict {@code procurement.evaluation-step}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public EvaluationView score(UUID id) {
        Head head = rows.own(caller.orgId(), id, EvaluationState.JUDGED);
        TenderView tender = tenders.get(id);
        if (!tender.terms().twoEnvelopes()) {
            throw new Conflict("procurement.evaluation-step", "A tender with one envelope is signed with its prices");
        }
        sign(head, Envelope.TECHNICAL.name(), judgements.technical(tender, head));
        return view(id);
    }

    /** Low prices are asked about. A bid that was opened later is judged like the others, by sheets that may have been locked. */
    @RolesAllowed("**")
    public void on(@Observes EnvelopesOpened opened) {
        TenderView tender = tenders.get(opened.tender());
        boolean first = tender.terms().envelopes().get(0).name().equals(opened.envelope());
        rows.lock(opened.tender()).ifPresent(head -> {
            if (first && head.state() != EvaluationState.PANEL && judgements.giveSheets(tender)) {
                rows.move(head, EvaluationState.SCORING);
            } else if (!first && ASKING.contains(head.state())) {
                ask(head);
            }
        });
    }

    /**
     * Looks at the prices of a tender with one envelope, once the panel has judged the requirements.
     *
     * @throws Conflict {@code procurement.evaluation-step}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public EvaluationView price(UUID id) {
        Head head = rows.own(caller.orgId(), id, EvaluationState.JUDGED);
        if (tenders.get(id).terms().twoEnvelopes()) {
            throw new Conflict("procurement.evaluation-step", "Prices open when the panel's judgement is signed");
        }
        ask(head);
        return view(id);
    }

    private void ask(Head head) {
        TenderView tender = tenders.get(head.tender());
        Instant now = clock.instant();
        Instant until =
                now.plus(Duration.ofHours(rows.panelRules(head.rulesOf()).answerHours()));
        Map<UUID, UUID> bidders = new HashMap<>();
        bids(tender).forEach(each -> bidders.put(each.bid(), each.bidder()));
        for (LotResult result : judgements.priced(tender, head, "").results()) {
            for (Standing each : result.standings()) {
                UUID bidder = bidders.get(each.bid());
                if (!each.low().isEmpty() && bidder != null) {
                    rows.update(
                            """
                            insert into procurement.low_price(bid_id, tender_id, org_id, lot, reasons, asked_at, answer_until)
                            values (?,?,?,?,?,?,?) on conflict (bid_id) do nothing""",
                            each.bid(),
                            head.tender(),
                            bidder,
                            result.lot(),
                            each.low().stream().map(Enum::name).sorted().toList(),
                            now,
                            until);
                }
            }
        }
        rows.move(head, EvaluationState.PRICED);
    }

    /** The questions about the prices of the caller's organisation. */
    @RolesAllowed(Roles.SUPPLIER)
    public List<LowPriceView> questions() {
        return rows.lowPricesOf(caller.orgId());
    }

    /**
     * The bidder explains its price.
     *
     * @throws NotFound {@code procurement.question-not-found}
     * @throws Conflict {@code procurement.answered-already}, {@code procurement.answer-late}
     * @throws RuleViolation {@code procurement.answer-invalid}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public LowPriceView answer(UUID bid, String text) {
        new Limits("procurement.answer-invalid", "Explain the price")
                .text("/answer", text, 8000)
                .refuse();
        LowPriceView question = rows.lowPrice(bid)
                .filter(each -> each.bidder().equals(caller.orgId()))
                .orElseThrow(Evaluations::noQuestion);
        if (question.answeredAt() != null || question.accepted() != null) {
            throw new Conflict("procurement.answered-already", "The question is answered already");
        }
        if (clock.instant().isAfter(question.answerUntil())) {
            throw new Conflict("procurement.answer-late", "The time to answer is over");
        }
        rows.update(
                "update procurement.low_price set answer = ?, answered_at = ? where bid_id = ?",
                text.strip(),
                clock.instant(),
                bid);
        audit.write("procurement.price-explained", bid.toString(), Map.of());
        return rows.lowPrice(bid).orElseThrow();
    }

    /**
     * The panel's chair decides about an explanation, or about its lack when the time is over.
     *
     * @throws NotPermitted {@code procurement.not-chair}
     * @throws Conflict {@code procurement.answer-awaited}, {@code procurement.decided-already}, {@code procurement.evaluation-step}
     */
    @RolesAllowed("**")
    public EvaluationView decide(UUID id, UUID bid, boolean accepted, String reason) {
        new Limits("procurement.reason-missing", "Say why")
                .text("/reason", reason, 2000)
                .refuse();
        Head head = rows.lock(id).orElseThrow(Panels::unknown);
        UUID chair = rows.seats(id).stream()
                .filter(seat -> seat.state() == SeatView.State.ACCEPTED && seat.kind() == SeatView.Kind.EXPERT)
                .findFirst()
                .map(SeatView::personId)
                .orElse(null);
        if (!caller.personId().equals(chair)) {
            throw new NotPermitted("procurement.not-chair", "The panel's chair decides");
        }
        EvaluationRows.at(head, EvaluationState.PRICED);
        LowPriceView question =
                rows.lowPrice(bid).filter(each -> each.tenderId().equals(id)).orElseThrow(Evaluations::noQuestion);
        if (question.accepted() != null) {
            throw new Conflict("procurement.decided-already", "It is decided already");
        }
        if (question.answeredAt() == null && clock.instant().isBefore(question.answerUntil())) {
            throw new Conflict("procurement.answer-awaited", "The bidder has still time to answer")
                    .with("until", question.answerUntil().toString());
        }
        rows.update(
                "update procurement.low_price set accepted = ?, decision = ?, decided_at = ? where bid_id = ?",
                accepted,
                reason.strip(),
                clock.instant(),
                bid);
        audit.write(
                "procurement.low-price-decided",
                bid.toString(),
                Map.of("accepted", accepted, "reason", reason.strip()));
        return view(id);
    }

    /**
     * The buyer signs the ranking; the seed for ties shows.
     *
     * @throws Conflict {@code procurement.evaluation-step}, {@code procurement.low-price-undecided}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public EvaluationView rank(UUID id) {
        Head head = rows.own(caller.orgId(), id, EvaluationState.PRICED);
        TenderView tender = tenders.get(id);
        byte[] seed = rows.seed(id, Draw.Purpose.TIE.name()).orElseThrow(Panels::noSeed);
        Evaluation all = judgements.priced(tender, head, HexFormat.of().formatHex(seed));
        if (!all.undecidedLowPrices().isEmpty()) {
            throw new Conflict("procurement.low-price-undecided", "An abnormally low price is not decided about")
                    .with("bid", all.undecidedLowPrices().get(0).toString());
        }
        rows.reveal(id, Draw.Purpose.TIE.name(), all.terms().tieSeed(), "", List.of(), clock.instant());
        sign(head, PRICE, all);
        return view(id);
    }

    private void sign(Head head, String envelope, Evaluation evaluation) {
        evaluation.checkWhole();
        List<String> qualified = evaluation.results().stream()
                .filter(result -> result.outcome() == LotResult.Outcome.RANKED)
                .flatMap(result -> result.valid().stream())
                .map(UUID::toString)
                .toList();
        boolean second =
                envelope.equals(PRICE) && tenders.get(head.tender()).terms().twoEnvelopes();
        // What the panel said is in the first document; the second adds the prices.
        Evaluation published = second
                ? new Evaluation(evaluation.terms(), List.of(), List.of(), evaluation.prices(), evaluation.answers())
                : evaluation;
        EvaluationDocument document = EvaluationDocument.of(envelope, published, RANDOM);
        rows.update("""
                insert into procurement.evaluation_document(tender_id, envelope, content, root, made_at) values (?,?,?,?,?)
                on conflict (tender_id, envelope) do update set content = excluded.content, root = excluded.root, made_at = excluded.made_at
                 where evaluation_document.act_id is null""", head.tender(), envelope, document.json(), document.root(), clock.instant());
        acts.propose(new NewAct(
                SCORED,
                Subject.tender(head.tender()),
                clock.instant(),
                List.of(new Party(head.buyer(), PartyRole.BUYER)),
                Map.of("envelope", envelope, "qualified", qualified, "root", document.root()),
                List.of(),
                head.tender()));
        audit.write(
                "procurement.scored", head.tender().toString(), Map.of("envelope", envelope, "root", document.root()));
    }

    /** The buyer has signed. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        if (!completed.type().equals(SCORED) || completed.reference() == null) {
            return;
        }
        UUID id = completed.reference();
        Act act = acts.get(completed.actId()).signed().act();
        String envelope = String.valueOf(act.body().get("envelope"));
        rows.update(
                "update procurement.evaluation_document set act_id = ? where tender_id = ? and envelope = ? and root = ? and act_id is null",
                act.id(),
                id,
                envelope,
                act.body().get("root"));
        Head head = rows.lock(id).orElseThrow(Panels::unknown);
        rows.move(head, envelope.equals(PRICE) ? EvaluationState.RANKED : EvaluationState.QUALIFIED);
        if (envelope.equals(PRICE)) {
            rows.update(
                    "update procurement.tender set version = version + 1, state = 'RANKED' where id = ? and state in ('OPENED', 'EVALUATION')",
                    id);
            ranked.fire(new TenderRanked(id));
        }
    }

    /**
     * What was published of an envelope's judging, entry by entry: everybody judges it again. The buyer and regulators have it when it is
     * signed, everybody when the ranking is.
     *
     * @throws NotFound {@code procurement.evaluation-not-found}
     */
    @RolesAllowed("**")
    public String document(UUID tender, Envelope envelope) {
        tenders.get(tender);
        return published(tender, envelope).orElseThrow(Panels::unknown);
    }

    /** The same, or nothing while it is not for the caller. */
    @RolesAllowed("**")
    public Optional<String> published(UUID tender, Envelope envelope) {
        return rows.find(tender)
                .filter(head -> {
                    boolean earlier = head.buyer().equals(caller.orgId()) || caller.scope() == Scope.REGULATOR;
                    return head.state().compareTo(earlier ? EvaluationState.QUALIFIED : EvaluationState.RANKED) >= 0;
                })
                .flatMap(head -> rows.document(tender, envelope.name()));
    }

    private static NotFound noQuestion() {
        return new NotFound("procurement.question-not-found", "No such question");
    }
}
