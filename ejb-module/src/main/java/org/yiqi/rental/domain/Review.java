package org.yiqi.rental.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.JoinColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.Side;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;

/** The 24 hours in which owner and platform answer an application. Time that runs out is noted and decides nothing. */
@Embeddable
@Access(AccessType.FIELD)
public class Review {

    /** Hours after the submission at which an unanswered application is escalated; at the last the promise is broken. */
    public static final List<Integer> MARKS = List.of(12, 20, 24);

    private UUID applicant;

    @Column(name = "submitted_at")
    private @Nullable Instant submittedAt;

    private int marks;

    @ElementCollection
    @CollectionTable(schema = "rental", name = "approval", joinColumns = @JoinColumn(name = "rental_id"))
    private List<Approval> approvals = new ArrayList<>();

    protected Review() {}

    Review(UUID applicant) {
        this.applicant = applicant;
    }

    void begin(Instant now) {
        submittedAt = now;
    }

    /** @return whether both sides have now agreed */
    boolean approve(Side side, Actor actor, Instant now) {
        notTheApplicant(actor);
        for (Approval a : approvals) {
            if (a.side() == side) {
                throw new Conflict("rental.already-approved", "This side has agreed already");
            }
            if (a.personId().equals(actor.personId())) {
                throw new NotPermitted("rental.two-people", "Another person must agree for the other side");
            }
        }
        approvals.add(new Approval(side, actor, now));
        return approvals.size() == Side.values().length;
    }

    void notTheApplicant(Actor actor) {
        if (actor.personId().equals(applicant)) {
            throw new NotPermitted("rental.own-application", "The applicant does not decide on the application");
        }
    }

    /** The hours of the marks that have been passed since the last call. */
    List<Integer> passedMarks(Instant now) {
        List<Integer> passed = new ArrayList<>();
        while (submittedAt != null
                && marks < MARKS.size()
                && !now.isBefore(submittedAt.plus(Duration.ofHours(MARKS.get(marks))))) {
            passed.add(MARKS.get(marks));
            marks++;
        }
        return passed;
    }

    public UUID applicant() {
        return applicant;
    }

    public Optional<Instant> submittedAt() {
        return Optional.ofNullable(submittedAt);
    }

    public Optional<Instant> dueAt() {
        return submittedAt().map(s -> s.plus(Duration.ofHours(MARKS.get(MARKS.size() - 1))));
    }

    public boolean slaBreached() {
        return marks == MARKS.size();
    }

    public List<Approval> approvals() {
        return List.copyOf(approvals);
    }
}
