package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.file.UploadedFile;
import org.yiqi.ledger.Acts;
import org.yiqi.procurement.AmendmentView;
import org.yiqi.procurement.Amendments;
import org.yiqi.procurement.EndReason;
import org.yiqi.procurement.OpenerKey;
import org.yiqi.procurement.QuestionView;
import org.yiqi.procurement.Questions;
import org.yiqi.procurement.TenderClosing;
import org.yiqi.procurement.TenderDocument;
import org.yiqi.procurement.TenderDocuments;
import org.yiqi.procurement.TenderPublication;
import org.yiqi.procurement.TenderState;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Formats;

/** A tender: for its buyer, its openers, suppliers and, once it is published, for anybody without a login. */
@Named
@ViewScoped
public class TenderPage implements Serializable {

    @Inject
    TenderDesk desk;

    private String id = "";
    private @Nullable TenderView tender;
    private List<QuestionView> questions = List.of();
    private List<AmendmentView> amendments = List.of();
    private List<TenderDocument> documents = List.of();
    private List<UUID> missing = List.of();
    private String lot = "";
    private String text = "";
    private String answer = "";
    private boolean substantial = true;
    private @Nullable LocalDateTime deadline;
    private @Nullable EndReason reason;
    private String note = "";
    private transient @Nullable UploadedFile file;

    /** What a tender's page does, by the services behind it. */
    public static class TenderDesk implements Serializable {

        @Inject
        Tenders tenders;

        @Inject
        TenderPublication publication;

        @Inject
        Questions questions;

        @Inject
        Amendments amendments;

        @Inject
        TenderClosing closing;

        @Inject
        TenderDocuments documents;

        @Inject
        Acts acts;

        @Inject
        Caller caller;

        @Inject
        Clock clock;
    }

    /** Reads the tender of the address; whoever has not signed in reads what is published. */
    public void open() {
        UUID wanted = uuid(id);
        TenderView seen = desk.caller.isSignedIn() ? desk.tenders.get(wanted) : desk.tenders.notice(wanted);
        tender = seen;
        questions = desk.questions.of(wanted);
        amendments = desk.amendments.of(wanted);
        documents = desk.documents.of(wanted);
        UUID act = seen.pendingAct();
        if (act != null && (isMine() || isOpener() || desk.caller.has("REGULATOR"))) {
            missing = desk.acts.get(act).missing();
        }
        deadline = LocalDateTime.ofInstant(seen.terms().deadline(), Formats.ZONE);
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("procurement.tender-not-found", "No such tender", e);
        }
    }

    public String publish() {
        TenderView seen = shown();
        return to(desk.publication.publish(seen.id(), seen.version()));
    }

    /** An opener signs the publication. */
    public String sign() {
        TenderView seen = shown();
        UUID act = seen.pendingAct();
        if (act != null) {
            desk.acts.sign(act);
        }
        return to(seen);
    }

    public String ask() {
        TenderView seen = shown();
        desk.questions.ask(seen.id(), lot.isEmpty() ? null : lot, text);
        return to(seen);
    }

    public String answer(QuestionView question) {
        TenderView seen = shown();
        desk.questions.answer(seen.id(), question.id(), question.version(), answer);
        return to(seen);
    }

    public String amend() {
        TenderView seen = shown();
        LocalDateTime until = deadline;
        if (until == null) {
            throw new RuleViolation("procurement.amendment-invalid", "A deadline is needed").at("/deadline", "needed");
        }
        Instant at = until.atZone(Formats.ZONE).toInstant();
        return to(desk.amendments.amend(seen.id(), seen.version(), text, substantial, at));
    }

    public String close() {
        TenderView seen = shown();
        return to(desk.closing.close(seen.id(), seen.version()));
    }

    public String end() {
        TenderView seen = shown();
        EndReason why = reason;
        if (why == null) {
            throw new RuleViolation("procurement.end-invalid", "A reason is needed").at("/reason", "needed");
        }
        return to(
                why.cancels()
                        ? desk.closing.cancel(seen.id(), seen.version(), why, note)
                        : desk.closing.fail(seen.id(), seen.version(), why, note));
    }

    public String addFile() throws IOException {
        TenderView seen = shown();
        UploadedFile given = file;
        if (given != null) {
            desk.documents.add(seen.id(), seen.version(), given.getFileName(), given.getInputStream());
        }
        return to(seen);
    }

    public String removeFile(TenderDocument document) {
        TenderView seen = shown();
        return to(desk.documents.remove(seen.id(), seen.version(), document.id()));
    }

    private TenderView shown() {
        TenderView seen = tender;
        if (seen == null) {
            throw new NotFound("procurement.tender-not-found", "No such tender");
        }
        return seen;
    }

    private static String to(TenderView tender) {
        return "/procurement/tender?faces-redirect=true&id=" + tender.id();
    }

    public boolean isMine() {
        return desk.caller.isSignedIn() && shown().buyerId().equals(desk.caller.orgId());
    }

    public boolean isOpener() {
        return desk.caller.isSignedIn() && shown().terms().openers().contains(desk.caller.orgId());
    }

    /** Whether the reader's organisation has still to sign the publication. */
    public boolean isMyTurn() {
        return desk.caller.isSignedIn() && desk.caller.has("SIGNATORY") && missing.contains(desk.caller.orgId());
    }

    public boolean isDraft() {
        return shown().state() == TenderState.DRAFT;
    }

    public boolean isTendering() {
        return shown().state() == TenderState.TENDERING;
    }

    public boolean isClosable() {
        return isTendering() && !desk.clock.instant().isBefore(TenderClosing.closesAt(shown()));
    }

    public boolean isBeforeDeadline() {
        return isTendering() && desk.clock.instant().isBefore(shown().terms().deadline());
    }

    public boolean isAskable() {
        return isTendering()
                && desk.caller.has("SUPPLIER")
                && desk.clock.instant().isBefore(shown().terms().enquiryUntil());
    }

    public boolean isEndable() {
        return isMine() && desk.caller.has("SIGNATORY") && !endReasons().isEmpty();
    }

    /** The reasons that fit the present state. */
    public List<EndReason> getEndReasons() {
        return endReasons();
    }

    private List<EndReason> endReasons() {
        return switch (shown().state()) {
            case DRAFT, TENDERING -> reasons(true);
            case SEALED -> Arrays.asList(EndReason.values());
            case OPENED, EVALUATION, RANKED -> reasons(false);
            default -> List.of();
        };
    }

    private static List<EndReason> reasons(boolean cancels) {
        return Arrays.stream(EndReason.values())
                .filter(r -> r.cancels() == cancels)
                .toList();
    }

    public Instant getClosesAt() {
        return TenderClosing.closesAt(shown());
    }

    /** Whether an opener has registered all of its keys. */
    public boolean isReady(UUID opener) {
        long keys = shown().keys().stream()
                .map(OpenerKey::opener)
                .filter(opener::equals)
                .count();
        return keys == shown().terms().envelopes().size();
    }

    public boolean isMissing(UUID opener) {
        return missing.contains(opener);
    }

    public @Nullable TenderView getTender() {
        return tender;
    }

    public List<QuestionView> getQuestions() {
        return questions;
    }

    public List<AmendmentView> getAmendments() {
        return amendments;
    }

    public List<TenderDocument> getDocuments() {
        return documents;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getLot() {
        return lot;
    }

    public void setLot(@Nullable String lot) {
        this.lot = lot == null ? "" : lot;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }

    public String getAnswer() {
        return answer;
    }

    public void setAnswer(@Nullable String answer) {
        this.answer = answer == null ? "" : answer;
    }

    public boolean isSubstantial() {
        return substantial;
    }

    public void setSubstantial(boolean substantial) {
        this.substantial = substantial;
    }

    public @Nullable LocalDateTime getDeadline() {
        return deadline;
    }

    public void setDeadline(@Nullable LocalDateTime deadline) {
        this.deadline = deadline;
    }

    public @Nullable EndReason getReason() {
        return reason;
    }

    public void setReason(@Nullable EndReason reason) {
        this.reason = reason;
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note == null ? "" : note;
    }

    public @Nullable UploadedFile getFile() {
        return file;
    }

    public void setFile(@Nullable UploadedFile file) {
        this.file = file;
    }
}
