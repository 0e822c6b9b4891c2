package org.yiqi.web.disposal;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.AuctionAwards;
import org.yiqi.disposal.AuctionAwards.Decision;
import org.yiqi.disposal.AuctionKind;
import org.yiqi.disposal.AuctionState;
import org.yiqi.disposal.AuctionView;
import org.yiqi.disposal.Auctions;
import org.yiqi.equipment.DocumentKind;
import org.yiqi.equipment.DocumentView;
import org.yiqi.equipment.Documents;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;

/** An auction as it goes: read anew every few seconds while it runs. */
@Named
@ViewScoped
public class AuctionPage implements Serializable {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    Auctions auctions;

    @Inject
    AuctionAwards awards;

    @Inject
    Documents documents;

    @Inject
    Caller caller;

    private String id = "";
    private @Nullable AuctionView auction;
    private String reference = "";
    private @Nullable BigDecimal amount;
    private String nonce = "";
    private String reason = "";
    private String closesAt = "";
    private String description = "";

    public void open() {
        AuctionView seen = auctions.get(DisposalPage.uuid(id));
        auction = seen;
        description = seen.description();
        amount = seen.least().amount();
        if (nonce.isEmpty()) {
            nonce = Ids.next().toString().replace("-", "");
        }
    }

    /** Reads the auction anew; what is being typed stays. */
    public void refresh() {
        auction = auctions.get(shown().id());
    }

    public void join() {
        auction = auctions.join(shown().id(), reference);
    }

    public void bid() {
        auction = auctions.bid(shown().id(), money());
    }

    /** Takes the price of this moment. */
    public void take() {
        AuctionView seen = auctions.get(shown().id());
        auction = auctions.bid(seen.id(), seen.least());
    }

    public void seal() {
        AuctionView seen = shown();
        auction = auctions.seal(seen.id(), Auctions.digest(seen.id(), caller.orgId(), money(), nonce.strip()));
    }

    public void reveal() {
        auction = auctions.reveal(shown().id(), money(), nonce.strip());
    }

    public void correct() {
        auction = auctions.correct(shown().id(), description);
    }

    public void goOn() {
        auction = awards.decide(shown().id(), Decision.GO_ON, reason, null);
    }

    public String relist() {
        AuctionAwards.Round round = new AuctionAwards.Round(null, instant(closesAt, ZONE));
        AuctionView next = awards.decide(shown().id(), Decision.RELIST, reason, round);
        return "/disposal/auction?faces-redirect=true&id=" + next.id();
    }

    public boolean isOwner() {
        AuctionView seen = auction;
        return seen != null && seen.ownerId().equals(caller.orgId());
    }

    public boolean isLive() {
        AuctionView seen = auction;
        return seen != null && seen.state() == AuctionState.RUNNING;
    }

    public boolean isJoinable() {
        AuctionView seen = auction;
        return seen != null
                && seen.mine() == null
                && isLive()
                && caller.has("RECYCLER")
                && List.of("RECTIFICATION", "BIDDING").contains(seen.phase());
    }

    /** Whether the reader may bid now in an auction of this kind. */
    public boolean mayBid(String kind) {
        AuctionView seen = auction;
        return seen != null
                && seen.mine() != null
                && seen.phase().equals("BIDDING")
                && seen.kind() == AuctionKind.valueOf(kind);
    }

    public boolean isRevealable() {
        AuctionView seen = auction;
        return seen != null && seen.mine() != null && seen.phase().equals("REVEALING");
    }

    public boolean isDecidable() {
        AuctionView seen = auction;
        return seen != null && isOwner() && seen.state() == AuctionState.PAUSED && caller.has("COMMITTEE");
    }

    /** The unit's photos, for those who may see them. */
    public List<DocumentView> getPhotos() {
        try {
            return documents.of(shown().unitId()).stream()
                    .filter(d -> d.kind() == DocumentKind.PHOTO && d.erasedAt() == null)
                    .toList();
        } catch (NotFound e) {
            return List.of();
        }
    }

    private Money money() {
        BigDecimal given = amount;
        if (given == null) {
            throw new RuleViolation("disposal.bid-too-low", "Name an amount").at("/amount", "an amount");
        }
        return Money.of(given, shown().start().currency());
    }

    static Instant instant(String local, ZoneId zone) {
        try {
            return LocalDateTime.parse(local).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new RuleViolation("disposal.listing-invalid", "Say when it ends", e)
                    .at("/closesAt", "a day and time");
        }
    }

    private AuctionView shown() {
        AuctionView seen = auction;
        if (seen == null) {
            throw new NotFound("disposal.auction-not-found", "No such auction");
        }
        return seen;
    }

    public @Nullable AuctionView getAuction() {
        return auction;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getReference() {
        return reference;
    }

    public void setReference(@Nullable String reference) {
        this.reference = reference == null ? "" : reference;
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public String getNonce() {
        return nonce;
    }

    public void setNonce(@Nullable String nonce) {
        this.nonce = nonce == null ? "" : nonce;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public String getClosesAt() {
        return closesAt;
    }

    public void setClosesAt(@Nullable String closesAt) {
        this.closesAt = closesAt == null ? "" : closesAt;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(@Nullable String description) {
        this.description = description == null ? "" : description;
    }
}
