package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.Acts;
import org.yiqi.procurement.EndReason;
import org.yiqi.procurement.OpenerKey;
import org.yiqi.procurement.TenderClosing;
import org.yiqi.procurement.TenderPublication;
import org.yiqi.procurement.TenderState;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;

/** A tender: for its buyer, its openers, suppliers and, once it is published, for anybody without a login. */
@Named
@ViewScoped
public class TenderPage implements Serializable {

    @Inject
    Tenders tenders;

    @Inject
    TenderPublication publication;

    @Inject
    TenderClosing closing;

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    private String id = "";
    private @Nullable TenderView tender;
    private List<UUID> missing = List.of();
    private @Nullable EndReason reason;
    private String note = "";

    /** Reads the tender of the address; whoever has not signed in reads what is published. */
    public void open() {
        UUID wanted = uuid(id);
        TenderView seen = caller.isSignedIn() ? tenders.get(wanted) : tenders.notice(wanted);
        tender = seen;
        UUID act = seen.pendingAct();
        if (act != null && (isMine() || isOpener() || caller.has("REGULATOR"))) {
            missing = acts.get(act).missing();
        }
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
        return to(publication.publish(seen.id(), seen.version()));
    }

    /** An opener signs the publication. */
    public String sign() {
        TenderView seen = shown();
        UUID act = seen.pendingAct();
        if (act != null) {
            acts.sign(act);
        }
        return to(seen);
    }

    public String close() {
        TenderView seen = shown();
        return to(closing.close(seen.id(), seen.version()));
    }

    public String end() {
        TenderView seen = shown();
        EndReason why = reason;
        if (why == null) {
            throw new RuleViolation("procurement.end-invalid", "A reason is needed").at("/reason", "needed");
        }
        return to(
                why.cancels()
                        ? closing.cancel(seen.id(), seen.version(), why, note)
                        : closing.fail(seen.id(), seen.version(), why, note));
    }

    private TenderView shown() {
        TenderView seen = tender;
        if (seen == null) {
            throw new NotFound("procurement.tender-not-found", "No such tender");
        }
        return seen;
    }

    static String to(TenderView tender) {
        return "/procurement/tender?faces-redirect=true&id=" + tender.id();
    }

    public boolean isMine() {
        return caller.isSignedIn() && shown().buyerId().equals(caller.orgId());
    }

    public boolean isOpener() {
        return caller.isSignedIn() && shown().terms().openers().contains(caller.orgId());
    }

    /** Whether the reader's organisation has still to sign the publication. */
    public boolean isMyTurn() {
        return caller.isSignedIn() && caller.has("SIGNATORY") && missing.contains(caller.orgId());
    }

    public boolean isDraft() {
        return shown().state() == TenderState.DRAFT;
    }

    public boolean isTendering() {
        return shown().state() == TenderState.TENDERING;
    }

    public boolean isClosable() {
        return isTendering() && !clock.instant().isBefore(TenderClosing.closesAt(shown()));
    }

    public boolean isBeforeDeadline() {
        return isTendering() && clock.instant().isBefore(shown().terms().deadline());
    }

    public boolean isAskable() {
        return isTendering()
                && caller.has("SUPPLIER")
                && clock.instant().isBefore(shown().terms().enquiryUntil());
    }

    public boolean isEndable() {
        return isMine() && caller.has("SIGNATORY") && !endReasons().isEmpty();
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

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
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
}
