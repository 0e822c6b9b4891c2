package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.OfferState;
import org.yiqi.rental.OfferTerms;
import org.yiqi.rental.Transport;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;

/**
 * A unit's idle time, offered. It is written as a DRAFT, PUBLISHED so that others find it, PAUSED and published again at
 * will, and WITHDRAWN at the end. Rentals that were applied for are not touched by any of this.
 */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "rental", name = "offer")
public class Offer {

    @Id
    private UUID id;

    @Version
    private long version;

    @Embedded
    private OfferedUnit unit;

    @Column(name = "tariff_id")
    private UUID tariffId;

    @Enumerated(EnumType.STRING)
    private OfferState state;

    @ElementCollection
    @CollectionTable(schema = "rental", name = "offer_window", joinColumns = @JoinColumn(name = "offer_id"))
    private List<Window> windows = new ArrayList<>();

    @Column(name = "open_minute")
    private int openMinute;

    @Column(name = "close_minute")
    private int closeMinute;

    @Column(name = "buffer_before")
    private int bufferBefore;

    @Column(name = "buffer_after")
    private int bufferAfter;

    @Column(name = "notice_hours")
    private int noticeHours;

    private String regions;

    @Enumerated(EnumType.STRING)
    private Transport transport;

    @Column(name = "transport_fee")
    private long transportFee;

    @Column(name = "transport_per_km")
    private long transportPerKm;

    private String note;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Offer() {}

    public Offer(UUID id, OfferedUnit unit, UUID tariffId, OfferTerms terms, Instant now) {
        this.id = id;
        this.unit = unit;
        this.state = OfferState.DRAFT;
        this.createdAt = now;
        set(tariffId, terms);
    }

    public void change(UUID newTariff, OfferTerms terms) {
        open();
        set(newTariff, terms);
    }

    public void publish(Instant now) {
        open();
        if (windows.stream().noneMatch(w -> w.to.isAfter(now))) {
            throw new RuleViolation("rental.offer-past", "All windows of the offer are over")
                    .at("/windows", "one must end in the future");
        }
        state = OfferState.PUBLISHED;
    }

    public void pause() {
        open();
        if (state != OfferState.PUBLISHED) {
            throw new Conflict("rental.offer-not-published", "Only a published offer is paused");
        }
        state = OfferState.PAUSED;
    }

    public void withdraw() {
        open();
        state = OfferState.WITHDRAWN;
    }

    /** Refuses a period that the offer does not cover. What the calendar holds is for the calendar to refuse. */
    public void admit(Period period, Instant now) {
        if (state != OfferState.PUBLISHED) {
            throw new Conflict("rental.offer-not-published", "This offer is not open for applications");
        }
        if (period.from().isBefore(earliest(now))) {
            throw new RuleViolation("rental.too-short-notice", "Apply at least " + noticeHours + " h before the start")
                    .at("/period/from", "at least " + noticeHours + " h from now");
        }
        boolean covered = free(List.of(), Instant.MIN).stream()
                .anyMatch(p -> !period.from().isBefore(p.from()) && !period.to().isAfter(p.to()));
        if (!covered) {
            throw new RuleViolation("rental.outside-offer", "The offer does not cover this time")
                    .at("/period", "within a window and the hours of the offer");
        }
    }

    /** The time left, given what the calendar holds. */
    public List<Period> free(List<Period> busy, Instant earliest) {
        return FreeSlots.of(
                windows.stream().map(Window::period).toList(),
                hours(),
                busy,
                Duration.ofHours(bufferBefore),
                Duration.ofHours(bufferAfter),
                earliest);
    }

    /** The first instant at which a rental that is applied for now may begin. */
    public Instant earliest(Instant now) {
        return now.plus(Duration.ofHours(noticeHours));
    }

    /** What the calendar must hold for a rental: the time with the buffers around it. */
    public Period reserved(Period period) {
        return new Period(
                period.from().minus(Duration.ofHours(bufferBefore)), period.to().plus(Duration.ofHours(bufferAfter)));
    }

    public boolean goesTo(String regionCode) {
        return regions.isEmpty() || regionList().stream().anyMatch(regionCode::startsWith);
    }

    /** Per rental, and per kilometre where the distance is known. */
    public Money transportCost(@Nullable Double kilometres, String currency) {
        long distance = kilometres == null ? 0 : (long) Math.ceil(kilometres);
        return Money.ofMinor(transportFee, currency)
                .plus(Money.ofMinor(transportPerKm, currency).times(distance));
    }

    private void open() {
        if (state == OfferState.WITHDRAWN) {
            throw new Conflict("rental.offer-withdrawn", "A withdrawn offer does not change");
        }
    }

    private void set(UUID newTariff, OfferTerms terms) {
        tariffId = newTariff;
        windows.clear();
        terms.windows().stream().sorted(Comparator.comparing(Period::from)).forEach(p -> windows.add(new Window(p)));
        openMinute = terms.openMinute();
        closeMinute = terms.closeMinute();
        bufferBefore = terms.bufferBefore();
        bufferAfter = terms.bufferAfter();
        noticeHours = terms.noticeHours();
        regions = String.join(",", terms.regions());
        transport = terms.transport();
        transportFee = terms.transportFee().minor();
        transportPerKm = terms.transportPerKm().minor();
        note = terms.note();
    }

    private FreeSlots.DailyHours hours() {
        return new FreeSlots.DailyHours(openMinute, closeMinute);
    }

    private List<String> regionList() {
        return regions.isEmpty() ? List.of() : List.of(regions.split(",", -1));
    }

    /** In the currency of the offer's price list. */
    public OfferTerms terms(String currency) {
        return new OfferTerms(
                windows.stream()
                        .map(Window::period)
                        .sorted(Comparator.comparing(Period::from))
                        .toList(),
                openMinute,
                closeMinute,
                bufferBefore,
                bufferAfter,
                noticeHours,
                regionList(),
                transport,
                Money.ofMinor(transportFee, currency),
                Money.ofMinor(transportPerKm, currency),
                note);
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public OfferedUnit unit() {
        return unit;
    }

    public UUID tariffId() {
        return tariffId;
    }

    public OfferState state() {
        return state;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** How a window is stored. */
    @Embeddable
    @Access(AccessType.FIELD)
    public static class Window {
        @Column(name = "from_at")
        private Instant from;

        @Column(name = "to_at")
        private Instant to;

        protected Window() {}

        Window(Period period) {
            this.from = period.from();
            this.to = period.to();
        }

        Period period() {
            return new Period(from, to);
        }
    }
}
