package org.yiqi.procurement.domain;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By what a panel is made, as of a day.
 *
 * @param panel how many sit on it; {@code largePanel} from a ceiling of {@code largeMinor} on (财政部令第87号 §47)
 * @param expertsOfThree of three seats, so many at least are drawn experts'
 * @param oneOrganisation so many experts of one organisation at most
 * @param employedYears so long after leaving, an expert does not judge an employer (财库〔2016〕198号 §16)
 * @param invitationHours in which an invitation is answered
 * @param answerHours in which a bidder explains an abnormally low price
 */
public record PanelRules(
        LocalDate fromDay,
        int panel,
        int largePanel,
        long largeMinor,
        int expertsOfThree,
        int oneOrganisation,
        int employedYears,
        int invitationHours,
        int answerHours) {

    /** Why somebody does not sit on a panel. */
    public enum Conflict {
        BUYER,
        BIDDER,
        EMPLOYED,
        INTEREST
    }

    /** What binds somebody to an organisation; {@code until} is null while it lasts. */
    public record Tie(
            UUID organisation,
            boolean interest,
            LocalDate from,
            @Nullable LocalDate until) {}

    /** Somebody who could be drawn. */
    public record Candidate(UUID expert, UUID person, UUID organisation, String name, List<Tie> ties) {

        public Candidate {
            ties = List.copyOf(ties);
        }
    }

    /** How many sit on a panel for a purchase of this value. */
    public int size(long ceilingMinor) {
        return ceilingMinor >= largeMinor ? largePanel : panel;
    }

    /** How many of them are drawn at least. */
    public int experts(int size) {
        return (size * expertsOfThree + 2) / 3;
    }

    /** The first reason why a candidate does not judge these bidders for this buyer on a day. */
    public Optional<Conflict> conflict(Candidate candidate, UUID buyer, Collection<UUID> bidders, LocalDate day) {
        if (candidate.organisation().equals(buyer)) {
            return Optional.of(Conflict.BUYER);
        }
        if (bidders.contains(candidate.organisation())) {
            return Optional.of(Conflict.BIDDER);
        }
        LocalDate since = day.minusYears(employedYears);
        for (Tie tie : candidate.ties()) {
            boolean concerns = tie.organisation().equals(buyer) || bidders.contains(tie.organisation());
            boolean counts = tie.until() == null || !tie.until().isBefore(tie.interest() ? day : since);
            if (concerns && counts && !tie.from().isAfter(day)) {
                return Optional.of(tie.interest() ? Conflict.INTEREST : Conflict.EMPLOYED);
            }
        }
        return Optional.empty();
    }
}
