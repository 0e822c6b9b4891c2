package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.Acts;
import org.yiqi.procurement.BidResupplies;
import org.yiqi.procurement.OpeningView;
import org.yiqi.procurement.Openings;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Caller;

/** The opening of a tender, as everybody watches it. */
@Named
@ViewScoped
public class OpeningPage implements Serializable {

    @Inject
    Openings openings;

    @Inject
    BidResupplies resupplies;

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    private String tender = "";
    private @Nullable OpeningView view;
    private transient @Nullable Part bytes;

    /** Reads the tender of the address. */
    public void open() {
        view = openings.view(BidRoomPage.id(tender));
    }

    /** Whether the record of this opening waits for the reader's organisation. */
    public boolean isMyTurn(OpeningView.Stage stage) {
        UUID act = stage.actId();
        OpeningView it = view;
        return act != null
                && it != null
                && it.openers().contains(caller.orgId())
                && caller.has(Roles.SIGNATORY)
                && acts.get(act).missing().contains(caller.orgId());
    }

    /** Signs the record with the organisation's managed key; who holds its key signs with its tool. */
    public String sign(UUID act) {
        acts.sign(act);
        return "/procurement/opening?faces-redirect=true&tender=" + tender;
    }

    /** Brings the bytes of a bid that are missing here. */
    public String bring(UUID bid, String envelope) throws IOException {
        Part file = bytes;
        if (file != null) {
            try (InputStream content = file.getInputStream()) {
                resupplies.bring(BidRoomPage.id(tender), bid, envelope, content);
            }
        }
        return "/procurement/opening?faces-redirect=true&tender=" + tender;
    }

    public @Nullable Part getBytes() {
        return bytes;
    }

    public void setBytes(@Nullable Part bytes) {
        this.bytes = bytes;
    }

    public @Nullable OpeningView getView() {
        return view;
    }

    /** What an opener posted for an envelope, or null. */
    public OpeningView.@Nullable Posted posted(OpeningView.Stage stage, UUID opener) {
        return stage.posted().stream()
                .filter(each -> each.opener().equals(opener))
                .findFirst()
                .orElse(null);
    }

    /** The price that was read out, or null where the bidder wrote none that is a number. */
    public @Nullable Money price(OpeningView.Result result) {
        Map<String, String> values = result.values();
        String amount = values.getOrDefault("amount", "");
        return Optional.of(values.getOrDefault("currency", ""))
                .filter(currency -> currency.matches("[A-Z]{3}") && amount.matches("[0-9]{1,15}"))
                .map(currency -> Money.ofMinor(Long.parseLong(amount), currency))
                .orElse(null);
    }

    public String getTender() {
        return tender;
    }

    public void setTender(@Nullable String tender) {
        this.tender = tender == null ? "" : tender;
    }
}
