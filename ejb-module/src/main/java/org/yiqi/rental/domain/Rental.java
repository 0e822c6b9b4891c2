package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.HandoverKind;
import org.yiqi.rental.RentalState;
import org.yiqi.rental.Side;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;

/**
 * A rental. It begins as a DRAFT that holds the slot, is submitted and stands UNDER_REVIEW until the owner and the platform
 * have both agreed (APPROVED) or one has not (REJECTED). The owner dispatches the unit (DISPATCHED) and hands it over
 * (DELIVERED); with both signatures the lessee has custody (ACTIVE, OVERDUE after the end). The lessee gives it back
 * (RETURNING); with both signatures the owner has custody again (SETTLING, or LIABILITY_OPEN while damage is disputed) and
 * closes it (CLOSED). Before the dispatch either party may cancel (CANCELLED).
 */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "rental", name = "rental")
public class Rental {

    public static final Duration HOLD = Duration.ofMinutes(15);

    @Id
    private UUID id;

    @Version
    private long version;

    private String number;

    @Enumerated(EnumType.STRING)
    private RentalState state;

    @Embedded
    private Contract contract;

    @Embedded
    private Review review;

    @Embedded
    private Journey journey;

    @OneToMany(mappedBy = "rental", cascade = CascadeType.ALL)
    @OrderBy("proposedAt")
    private List<Handover> handovers = new ArrayList<>();

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "hold_until")
    private @Nullable Instant holdUntil;

    private String reason;
    private String flagged;

    @OneToMany(mappedBy = "rental", cascade = CascadeType.ALL)
    @OrderBy("proposedAt")
    private List<Extension> extensions = new ArrayList<>();

    @OneToMany(mappedBy = "rental", cascade = CascadeType.ALL)
    @OrderBy("id")
    private List<Step> steps = new ArrayList<>();

    protected Rental() {}

    /** @throws RuleViolation {@code rental.own-unit} when an organisation would rent from itself */
    public Rental(UUID id, String number, Contract contract, Actor applicant, Instant now) {
        if (contract.ownerOrg().equals(contract.lesseeOrg())) {
            throw new RuleViolation("rental.own-unit", "An organisation does not rent its own unit");
        }
        this.id = id;
        this.number = number;
        this.contract = contract;
        this.review = new Review(applicant.personId());
        this.journey = Journey.notBegun();
        this.createdAt = now;
        this.holdUntil = now.plus(HOLD);
        this.reason = "";
        this.flagged = "";
        this.state = RentalState.DRAFT;
        steps.add(new Step(this, now, applicant.orgId(), "create", RentalState.DRAFT, RentalState.DRAFT, ""));
    }

    public void submit(Actor actor, Instant now) {
        contract.lesseeOnly(actor);
        in(RentalState.DRAFT);
        review.begin(now);
        holdUntil = null;
        become(RentalState.UNDER_REVIEW, "submit", actor, now, "");
    }

    /**
     * One side agrees; the order does not matter. Two different people are needed and neither is the applicant.
     *
     * @return whether both sides have now agreed
     */
    public boolean approve(Side side, Actor actor, Instant now) {
        in(RentalState.UNDER_REVIEW);
        mayDecide(side, actor);
        boolean both = review.approve(side, actor, now);
        become(both ? RentalState.APPROVED : state, "approve", actor, now, side.name());
        return both;
    }

    public void reject(Side side, Actor actor, String why, Instant now) {
        in(RentalState.UNDER_REVIEW);
        mayDecide(side, actor);
        reason = why(why);
        become(RentalState.REJECTED, "reject", actor, now, reason);
    }

    /** Either party, as long as nothing has moved. */
    public void cancel(Actor actor, String why, Instant now) {
        contract.partyOnly(actor);
        in(RentalState.DRAFT, RentalState.UNDER_REVIEW, RentalState.APPROVED);
        reason = why(why);
        become(RentalState.CANCELLED, "cancel", actor, now, reason);
    }

    /** @return whether the draft's hold has ended and it was dropped */
    public boolean dropIfAbandoned(Instant now) {
        if (state != RentalState.DRAFT || holdUntil == null || now.isBefore(holdUntil)) {
            return false;
        }
        reason = "hold-expired";
        become(RentalState.CANCELLED, "expire", null, now, reason);
        return true;
    }

    /** @return the hours of the review marks that were passed without an answer; silence never approves */
    public List<Integer> escalate(Instant now) {
        if (state != RentalState.UNDER_REVIEW) {
            return List.of();
        }
        List<Integer> passed = review.passedMarks(now);
        for (int hours : passed) {
            boolean last = hours == Review.MARKS.get(Review.MARKS.size() - 1);
            String verb = last ? "SLA_BREACHED" : "escalate";
            steps.add(new Step(this, now, null, verb, state, state, Integer.toString(hours)));
        }
        return passed;
    }

    /** Refuses before an act is written that could not stand. */
    public void mayDispatch(Actor actor) {
        contract.ownerOnly(actor);
        in(RentalState.APPROVED);
        if (!flagged.isEmpty()) {
            throw new Conflict("rental.unit-quarantined", "The unit is in quarantine");
        }
    }

    /** The owner sends the unit off and offers its custody by an act of its own. */
    public void dispatch(Actor actor, String by, String sealText, UUID actId, Instant now) {
        mayDispatch(actor);
        journey.dispatched(by, sealText, now);
        Signings.begin(handovers, this, actId, HandoverKind.OFFERED, now);
        become(RentalState.DISPATCHED, "dispatch", actor, now, by);
    }

    public void mayDeliver(Actor actor) {
        contract.ownerOnly(actor);
        in(RentalState.DISPATCHED);
    }

    /** The owner hands over and signs; custody has not passed yet. */
    public void deliver(Actor actor, UUID actId, Instant now) {
        mayDeliver(actor);
        Signings.begin(handovers, this, actId, HandoverKind.ACCEPTED, now);
        become(RentalState.DELIVERED, "deliver", actor, now, "");
    }

    /** The lessee is about to sign; answers the act to sign. */
    public UUID confirmDelivery(Actor actor) {
        contract.lesseeOnly(actor);
        in(RentalState.DELIVERED);
        return Signings.open(handovers, HandoverKind.ACCEPTED).actId();
    }

    /** How often the unit was used so far; the count never falls. */
    public void reportUses(Actor actor, int count, Instant now) {
        mayGiveBack(actor);
        journey.counted(count);
        steps.add(new Step(this, now, actor.orgId(), "uses", state, state, Integer.toString(count)));
    }

    public boolean becomeOverdue(Instant now) {
        if (state != RentalState.ACTIVE || now.isBefore(contract.period().to())) {
            return false;
        }
        become(RentalState.OVERDUE, "overdue", null, now, "");
        return true;
    }

    /** One party asks for a later end; the slot up to it is reserved under the extension's id. */
    public Extension proposeExtension(Actor actor, UUID extensionId, Instant newEnd, Instant now) {
        contract.partyOnly(actor);
        in(RentalState.ACTIVE, RentalState.OVERDUE);
        if (openExtension().isPresent()) {
            throw new Conflict("rental.extension-open", "An extension waits for the other party");
        }
        if (!newEnd.isAfter(contract.period().to()) || newEnd.isBefore(now)) {
            throw new RuleViolation("rental.extension-end", "An extension ends later")
                    .at("/to", "after the present end");
        }
        Extension extension = new Extension(this, extensionId, newEnd, actor, now);
        extensions.add(extension);
        steps.add(new Step(this, now, actor.orgId(), "propose-extension", state, state, newEnd.toString()));
        return extension;
    }

    /** The other party agrees to the open extension. */
    public Extension agreeExtension(Actor actor, Instant now) {
        contract.partyOnly(actor);
        in(RentalState.ACTIVE, RentalState.OVERDUE);
        Extension extension = openExtension()
                .orElseThrow(() -> new Conflict("rental.no-extension", "No extension waits for an answer"));
        extension.agree(actor);
        contract.extendTo(extension.to());
        become(
                now.isBefore(extension.to()) ? RentalState.ACTIVE : state,
                "extend",
                actor,
                now,
                extension.to().toString());
        return extension;
    }

    public void mayGiveBack(Actor actor) {
        contract.lesseeOnly(actor);
        in(RentalState.ACTIVE, RentalState.OVERDUE);
    }

    /** The lessee gives the unit back and signs; it answers for it until the owner has signed too. */
    public void giveBack(Actor actor, int finalUses, UUID actId, Instant now) {
        reportUses(actor, finalUses, now);
        Signings.begin(handovers, this, actId, HandoverKind.RETURNED, now);
        become(RentalState.RETURNING, "return", actor, now, "");
    }

    /** The owner has looked at the unit and is about to sign; answers the act to sign. {@code found} is empty when sound. */
    public UUID inspect(Actor actor, String found) {
        contract.ownerOnly(actor);
        in(RentalState.RETURNING);
        journey.found(found);
        return Signings.open(handovers, HandoverKind.RETURNED).actId();
    }

    /** The owner withdraws the damage that it noted. */
    public void waiveDamage(Actor actor, Instant now) {
        contract.ownerOnly(actor);
        in(RentalState.LIABILITY_OPEN);
        journey.found("");
        become(RentalState.SETTLING, "inspect", actor, now, "");
    }

    /** Everyone has signed the act: what it stands for happens now, and not before. */
    public void signed(UUID actId, Instant now) {
        switch (Signings.complete(handovers, actId, now)) {
            case OFFERED -> steps.add(new Step(this, now, null, "offered", state, state, ""));
            case ACCEPTED -> {
                journey.delivered(now);
                become(RentalState.ACTIVE, "confirm-delivery", null, now, "");
            }
            case RETURNED -> {
                journey.returned(now);
                String damage = journey.damage();
                become(
                        damage.isEmpty() ? RentalState.SETTLING : RentalState.LIABILITY_OPEN,
                        "inspect",
                        null,
                        now,
                        damage);
            }
        }
    }

    /** Nobody signed in time: the handover has to be tried again, and custody stays where it was. */
    public void lapsed(UUID actId, Instant now) {
        switch (Signings.lapse(handovers, actId)) {
            case OFFERED -> steps.add(new Step(this, now, null, "lapse", state, state, ""));
            case ACCEPTED -> become(RentalState.DISPATCHED, "lapse", null, now, "");
            case RETURNED -> become(RentalState.ACTIVE, "lapse", null, now, "");
        }
    }

    /** @return whether it waited for who bears the damage, which is settled now */
    public boolean liabilitySettled(Instant now) {
        if (state != RentalState.LIABILITY_OPEN) {
            return false;
        }
        become(RentalState.SETTLING, "settle-liability", null, now, "");
        return true;
    }

    /** @return whether it waits again for who bears the damage; what is closed stays so */
    public boolean liabilityReopened(Instant now) {
        if (state != RentalState.SETTLING || journey.damage().isEmpty()) {
            return false;
        }
        become(RentalState.LIABILITY_OPEN, "reopen-liability", null, now, "");
        return true;
    }

    public void close(Actor actor, Instant now) {
        contract.ownerOnly(actor);
        if (state == RentalState.LIABILITY_OPEN) {
            throw new Conflict("rental.liability-open", "Damage is noted: settle who bears it, or withdraw it, first");
        }
        in(RentalState.SETTLING);
        become(RentalState.CLOSED, "close", actor, now, "");
    }

    /** A quarantine of the unit touches a booking that has not begun; an empty text lifts it. */
    public boolean flag(String why, Instant now) {
        boolean changes = !flagged.equals(why) && !state.over() && !RentalState.WITH_LESSEE.contains(state);
        if (changes) {
            flagged = why;
            steps.add(new Step(this, now, null, why.isEmpty() ? "unflag" : "flag", state, state, why));
        }
        return changes;
    }

    /** The one organisation that answers for the unit as far as this rental goes. */
    public UUID custodian() {
        return RentalState.WITH_LESSEE.contains(state) ? contract.lesseeOrg() : contract.ownerOrg();
    }

    public Optional<Extension> openExtension() {
        return extensions.stream().filter(e -> !e.agreed()).findFirst();
    }

    private void mayDecide(Side side, Actor actor) {
        review.notTheApplicant(actor);
        if (side == Side.OWNER) {
            contract.ownerOnly(actor);
        }
    }

    private void in(RentalState... allowed) {
        if (!Set.of(allowed).contains(state)) {
            throw new Conflict("rental.wrong-state", "A rental that is " + state + " does not allow this");
        }
    }

    private static String why(String text) {
        if (text.isBlank()) {
            throw new RuleViolation("rental.reason-missing", "Say why").at("/reason", "must not be blank");
        }
        return text.strip();
    }

    private void become(RentalState next, String verb, @Nullable Actor actor, Instant now, String note) {
        steps.add(new Step(this, now, actor == null ? null : actor.orgId(), verb, state, next, note));
        state = next;
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String number() {
        return number;
    }

    public RentalState state() {
        return state;
    }

    public Contract contract() {
        return contract;
    }

    public Review review() {
        return review;
    }

    public Journey journey() {
        return journey;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Optional<Instant> holdUntil() {
        return Optional.ofNullable(holdUntil);
    }

    public String reason() {
        return reason;
    }

    public String flagged() {
        return flagged;
    }

    public List<Handover> handovers() {
        return List.copyOf(handovers);
    }

    public List<Extension> extensions() {
        return List.copyOf(extensions);
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }
}
