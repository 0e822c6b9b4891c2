package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yiqi.contract.evaluation.Evaluation;
import org.yiqi.contract.evaluation.Mark;
import org.yiqi.procurement.EvaluationRows.Head;
import org.yiqi.procurement.EvaluationRows.MarkRow;
import org.yiqi.procurement.EvaluationRows.Opened;
import org.yiqi.procurement.EvaluationRows.Sheet;
import org.yiqi.procurement.EvaluationRows.VerdictRow;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The caller's own sheets. Each seat scores alone: drafts and locked sheets show to nobody else before the whole panel has locked, and
 * prices are opened only after that.
 */
@Stateless
@Secured
public class Sheets {

    private static final int PLACES = 2;

    @Inject
    EvaluationRows rows;

    @Inject
    Judgements judgements;

    @Inject
    Tenders tenders;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("sheet_stays", "procurement.sheet-locked");
        DatabaseRefusals.register("sheet_once", "procurement.sheet-known");
        DatabaseRefusals.register("mark_within_weight", "procurement.sheet-invalid");
    }

    /** A panel that the caller was asked to, with the seat. */
    public record Task(TenderView tender, SeatView seat, EvaluationState state, int sheets) {}

    /** The panels that the caller was asked to, the newest first. */
    @RolesAllowed("**")
    public List<Task> mine() {
        List<Task> tasks = new ArrayList<>();
        for (UUID tender : rows.tendersOf(caller.personId())) {
            Head head = rows.find(tender).orElseThrow(Panels::unknown);
            rows.seats(tender).stream()
                    .filter(seat -> caller.personId().equals(seat.personId()))
                    .forEach(seat -> tasks.add(
                            new Task(tenders.get(tender), seat, head.state(), (int) rows.sheets(tender).stream()
                                    .filter(sheet -> sheet.seat().equals(seat.id()))
                                    .count())));
        }
        return tasks;
    }

    /**
     * The caller's sheets of a tender, by lot and bid.
     *
     * @throws NotFound {@code procurement.sheet-not-found} to who has no seat on its panel
     */
    @RolesAllowed("**")
    public List<SheetView> of(UUID tenderId) {
        TenderView tender = tenders.get(tenderId);
        SeatView seat = seat(tenderId);
        Head head = rows.find(tenderId).orElseThrow(Panels::unknown);
        Map<UUID, Opened> bids = rows
                .opened(tenderId, tender.terms().envelopes().get(0).name())
                .stream()
                .collect(Collectors.toMap(Opened::bid, Function.identity()));
        Map<String, VerdictRow> verdicts = rows.verdicts(tenderId).stream()
                .collect(Collectors.toMap(each -> each.sheet() + "/" + each.requirement(), Function.identity()));
        Map<String, MarkRow> marks = rows.marks(tenderId).stream()
                .collect(Collectors.toMap(each -> each.sheet() + "/" + each.criterion(), Function.identity()));
        Set<String> outliers = new HashSet<>();
        if (head.state().shows()) {
            for (Mark mark : judgements.technical(tender, head).outliers()) {
                if (mark.seat().equals(Integer.toString(seat.number()))) {
                    outliers.add(mark.bid() + "/" + mark.criterion());
                }
            }
        }
        List<SheetView> views = new ArrayList<>();
        for (Sheet sheet : rows.sheets(tenderId)) {
            Opened bid = bids.get(sheet.bid());
            if (sheet.seat().equals(seat.id()) && bid != null) {
                views.add(view(tender, sheet, bid, verdicts, marks, outliers));
            }
        }
        return views;
    }

    private static SheetView view(
            TenderView tender,
            Sheet sheet,
            Opened bid,
            Map<String, VerdictRow> verdicts,
            Map<String, MarkRow> marks,
            Set<String> outliers) {
        List<SheetView.VerdictLine> requirements = new ArrayList<>();
        for (int i = 0; i < tender.terms().requirements().size(); i++) {
            Requirement each = tender.terms().requirements().get(i);
            if (each.lot() == null || each.lot().equals(sheet.lot())) {
                VerdictRow row = verdicts.get(sheet.id() + "/" + i);
                requirements.add(new SheetView.VerdictLine(
                        i,
                        each.text(),
                        each.mandatory(),
                        row == null ? null : row.met(),
                        row == null ? "" : row.reason()));
            }
        }
        List<SheetView.MarkLine> criteria = new ArrayList<>();
        for (int i = 0; i < tender.terms().criteria().size(); i++) {
            Criterion each = tender.terms().criteria().get(i);
            if (each.kind() == Criterion.Kind.QUALITY) {
                MarkRow row = marks.get(sheet.id() + "/" + i);
                criteria.add(new SheetView.MarkLine(
                        i,
                        each.title(),
                        each.weight(),
                        row == null ? null : row.points(),
                        row == null ? "" : row.explanation(),
                        outliers.contains(sheet.bid() + "/" + i)));
            }
        }
        return new SheetView(
                sheet.id(),
                sheet.version(),
                sheet.tender(),
                sheet.lot(),
                sheet.bid(),
                bid.bidder(),
                sheet.locked(),
                bid.values(),
                requirements,
                criteria);
    }

    /**
     * One of the caller's sheets.
     *
     * @throws NotFound {@code procurement.sheet-not-found}
     */
    @RolesAllowed("**")
    public SheetView get(UUID tender, UUID sheet) {
        return of(tender).stream()
                .filter(each -> each.id().equals(sheet))
                .findFirst()
                .orElseThrow(Sheets::unknown);
    }

    /**
     * Saves a draft.
     *
     * @throws RuleViolation {@code procurement.sheet-invalid} naming each field
     * @throws Conflict {@code procurement.sheet-locked}
     */
    @RolesAllowed("**")
    public SheetView save(UUID tender, UUID id, long seen, SaveSheet said) {
        SheetView sheet = open(tender, id, seen);
        check(sheet, said);
        rows.update("delete from procurement.verdict where sheet_id = ?", id);
        rows.update("delete from procurement.mark where sheet_id = ?", id);
        for (SaveSheet.Verdict each : said.verdicts()) {
            rows.update(
                    "insert into procurement.verdict(sheet_id, requirement, met, reason) values (?,?,?,?)",
                    id,
                    each.requirement(),
                    each.met(),
                    each.met() ? "" : each.reason().strip());
        }
        for (SaveSheet.Mark each : said.marks()) {
            if (each.points() != null) {
                rows.update(
                        "insert into procurement.mark(sheet_id, criterion, points) values (?,?,?)",
                        id,
                        each.criterion(),
                        each.points());
            }
        }
        StaleVersion.checkChanged(rows.update(
                "update procurement.sheet set version = version + 1 where id = ? and version = ?", id, seen));
        return get(tender, id);
    }

    private static void check(SheetView sheet, SaveSheet said) {
        Map<Integer, SheetView.VerdictLine> verdicts = new HashMap<>();
        sheet.verdicts().forEach(each -> verdicts.put(each.requirement(), each));
        Map<Integer, SheetView.MarkLine> marks = new HashMap<>();
        sheet.marks().forEach(each -> marks.put(each.criterion(), each));
        Limits limits = new Limits("procurement.sheet-invalid", "Some of the sheet does not fit");
        for (int i = 0; i < said.verdicts().size(); i++) {
            SaveSheet.Verdict each = said.verdicts().get(i);
            String at = "/verdicts/" + i;
            limits.check(
                            at + "/requirement",
                            verdicts.remove(each.requirement()) != null,
                            "a requirement of the lot, once")
                    .check(
                            at + "/reason",
                            each.met()
                                    || (!each.reason().isBlank()
                                            && each.reason().strip().length() <= 2000),
                            "says why it is not met, in at most 2000 characters");
        }
        for (int i = 0; i < said.marks().size(); i++) {
            SaveSheet.Mark each = said.marks().get(i);
            String at = "/marks/" + i;
            SheetView.MarkLine line = marks.remove(each.criterion());
            limits.check(at + "/criterion", line != null, "a criterion that is given points for, once");
            BigDecimal points = each.points();
            if (line != null && points != null) {
                boolean fits = points.signum() >= 0
                        && points.compareTo(BigDecimal.valueOf(line.weight())) <= 0
                        && points.stripTrailingZeros().scale() <= PLACES;
                limits.check(at + "/points", fits, "0 to " + line.weight() + ", at most two decimals");
            }
        }
        limits.refuse();
    }

    /**
     * Locks a sheet for ever. With the panel's last one, what everybody said shows, and what stands far from the others' has to be
     * explained.
     *
     * @throws Conflict {@code procurement.sheet-locked}, {@code procurement.sheet-not-whole}
     */
    @RolesAllowed("**")
    public SheetView lock(UUID tenderId, UUID id, long seen) {
        // One after the other, so that the last one knows that it is.
        Head head = rows.lock(tenderId).orElseThrow(Panels::unknown);
        SheetView sheet = open(tenderId, id, seen);
        if (!sheet.whole()) {
            throw new Conflict("procurement.sheet-not-whole", "Some requirement or criterion is not answered yet");
        }
        StaleVersion.checkChanged(rows.update(
                "update procurement.sheet set version = version + 1, state = 'LOCKED', locked_at = ? where id = ? and version = ?",
                clock.instant(),
                id,
                seen));
        if (rows.sheets(tenderId).stream().allMatch(Sheet::locked)) {
            Evaluation all = judgements.technical(tenders.get(tenderId), head);
            rows.move(head, all.unexplained().isEmpty() ? EvaluationState.JUDGED : EvaluationState.EXPLAINING);
        }
        audit.write("procurement.sheet-locked", id.toString(), Map.of("tender", tenderId));
        return get(tenderId, id);
    }

    /**
     * Explains points that stand far from the others'; the points stay.
     *
     * @throws RuleViolation {@code procurement.explanation-invalid}
     * @throws Conflict {@code procurement.evaluation-step}
     */
    @RolesAllowed("**")
    public SheetView explain(UUID tenderId, UUID id, int criterion, String text) {
        new Limits("procurement.explanation-invalid", "Say why")
                .text("/explanation", text, 2000)
                .refuse();
        Head head = rows.lock(tenderId).orElseThrow(Panels::unknown);
        SheetView sheet = get(tenderId, id);
        if (head.state() != EvaluationState.EXPLAINING) {
            throw new Conflict("procurement.evaluation-step", "The evaluation is not at this step")
                    .with("state", head.state().name());
        }
        boolean asked = sheet.marks().stream()
                .anyMatch(each -> each.criterion() == criterion
                        && each.outlier()
                        && each.explanation().isEmpty());
        new Limits("procurement.explanation-invalid", "Nothing has to be explained there")
                .check("/criterion", asked, "a criterion whose points have to be explained")
                .refuse();
        rows.update(
                "update procurement.mark set explanation = ? where sheet_id = ? and criterion = ?",
                text.strip(),
                id,
                criterion);
        if (judgements.technical(tenders.get(tenderId), head).unexplained().isEmpty()) {
            rows.move(head, EvaluationState.JUDGED);
        }
        audit.write("procurement.points-explained", id.toString(), Map.of("criterion", criterion));
        return get(tenderId, id);
    }

    private SheetView open(UUID tender, UUID id, long seen) {
        SheetView sheet = get(tender, id);
        Head head = rows.find(tender).orElseThrow(Panels::unknown);
        if (sheet.locked()) {
            throw new Conflict("procurement.sheet-locked", "A locked sheet stays as it is");
        }
        if (head.state() != EvaluationState.SCORING) {
            throw new Conflict("procurement.evaluation-step", "The evaluation is not at this step")
                    .with("state", head.state().name());
        }
        StaleVersion.check(seen, sheet.version());
        return sheet;
    }

    private SeatView seat(UUID tender) {
        return rows.seats(tender).stream()
                .filter(seat -> caller.personId().equals(seat.personId()) && seat.state() == SeatView.State.ACCEPTED)
                .findFirst()
                .orElseThrow(Sheets::unknown);
    }

    private static NotFound unknown() {
        return new NotFound("procurement.sheet-not-found", "No such sheet of yours");
    }
}
