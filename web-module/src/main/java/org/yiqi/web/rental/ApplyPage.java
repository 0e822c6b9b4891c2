package org.yiqi.web.rental;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.Alternative;
import org.yiqi.rental.Applications;
import org.yiqi.rental.Apply;
import org.yiqi.rental.OfferView;
import org.yiqi.rental.Offers;
import org.yiqi.rental.Quote;
import org.yiqi.rental.RentalView;
import org.yiqi.rental.Searches;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.web.shell.Formats;

/** Applying for a rental: what was found is filled in; place and purpose are what the person adds. */
@Named
@ViewScoped
public class ApplyPage implements Serializable {

    @Inject
    Offers offers;

    @Inject
    Searches searches;

    @Inject
    Applications applications;

    private @Nullable String offerId;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable String region;
    private int uses;
    private String place = "";
    private String purpose = "";
    private @Nullable Instant keptUntil;
    private transient @Nullable OfferView offer;
    private transient @Nullable List<Alternative> alternatives;

    /** The address holds days or times; the form works with times, and has the time kept while it is filled in. */
    public void load() {
        getOffer();
        from = times(from, 0);
        to = times(to, 1);
        keep();
    }

    /** Keeps the time that the form shows now. */
    public void keep() {
        keptUntil = null;
        alternatives = null;
        Period period = period();
        keptUntil = orElseAlternatives(period, () -> applications.hold(Pages.id(offerId), period));
    }

    public @Nullable String apply() {
        Period period = period();
        RentalView rental = orElseAlternatives(
                period,
                () -> applications.apply(
                        new Apply(Pages.id(offerId), period, place, region, null, null, purpose, uses, false)));
        return "/rental/rental?faces-redirect=true&id=" + rental.id();
    }

    private <R> R orElseAlternatives(Period period, Supplier<R> booking) {
        try {
            return booking.get();
        } catch (Conflict refused) {
            if (refused.code().equals("rental.slot-taken")) {
                alternatives = offers.alternatives(Pages.id(offerId), period);
            }
            throw refused;
        }
    }

    /** Until when the time is kept, or null when it is not. */
    public @Nullable Instant getKeptUntil() {
        return keptUntil;
    }

    public OfferView getOffer() {
        OfferView shown = offer;
        if (shown == null) {
            shown = offers.get(Pages.id(offerId));
            offer = shown;
        }
        return shown;
    }

    public Quote getQuote() {
        return searches.quote(Pages.id(offerId), period(), Math.max(0, uses), region);
    }

    private Period period() {
        return new Period(Pages.time(from, "from"), Pages.time(to, "to"));
    }

    private static @Nullable String times(@Nullable String text, int days) {
        if (text == null || text.length() > 10) {
            return text;
        }
        return Pages.local(LocalDate.ofInstant(Pages.day(text, "from"), Formats.ZONE)
                .plusDays(days)
                .atStartOfDay(Formats.ZONE)
                .toInstant());
    }

    public String start(Alternative alternative) {
        return Pages.local(alternative.period().from());
    }

    public String end(Alternative alternative) {
        return Pages.local(alternative.period().to());
    }

    public @Nullable List<Alternative> getAlternatives() {
        return alternatives;
    }

    public @Nullable String getOfferId() {
        return offerId;
    }

    public void setOfferId(@Nullable String offerId) {
        this.offerId = offerId;
    }

    public @Nullable String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public @Nullable String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }

    public @Nullable String getRegion() {
        return region;
    }

    public void setRegion(@Nullable String region) {
        this.region = region == null || region.isBlank() ? null : region.strip();
    }

    public int getUses() {
        return uses;
    }

    public void setUses(int uses) {
        this.uses = uses;
    }

    public String getPlace() {
        return place;
    }

    public void setPlace(@Nullable String place) {
        this.place = place == null ? "" : place;
    }

    public String getPurpose() {
        return purpose;
    }

    public void setPurpose(@Nullable String purpose) {
        this.purpose = purpose == null ? "" : purpose;
    }
}
