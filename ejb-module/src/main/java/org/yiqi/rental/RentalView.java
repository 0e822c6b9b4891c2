package org.yiqi.rental;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;

/** Everything about a rental, for its parties, the platform and regulators. */
public record RentalView(
        UUID id,
        long version,
        String number,
        RentalState state,
        UUID offerId,
        UUID tariffId,
        UUID unitId,
        String unitZh,
        String unitEn,
        Parties parties,
        UUID applicant,
        Period period,
        Period reserved,
        String place,
        String purpose,
        int plannedUses,
        Money transportCost,
        Money quoted,
        Review review,
        Journey journey,
        UUID custodian,
        String reason,
        String flagged,
        List<Signing> signings,
        @Nullable Extension extension,
        List<History> history,
        Instant createdAt,
        @Nullable Instant holdUntil) {

    /** In the language of the reader. */
    public String unit(String language) {
        return language.startsWith("zh") ? unitZh : unitEn;
    }

    /** In the language of the reader. */
    public String owner(String language) {
        return language.startsWith("zh") ? parties.ownerZh : parties.ownerEn;
    }

    /** In the language of the reader. */
    public String lessee(String language) {
        return language.startsWith("zh") ? parties.lesseeZh : parties.lesseeEn;
    }

    /** Owner and lessee with their names when it was agreed. */
    public record Parties(
            UUID ownerOrg, String ownerZh, String ownerEn, UUID lesseeOrg, String lesseeZh, String lesseeEn) {}

    /** Who has agreed, and until when an answer is promised. */
    public record Review(
            @Nullable Instant submittedAt, @Nullable Instant dueAt, boolean slaBreached, List<Approval> approvals) {}

    /** One side's yes. */
    public record Approval(Side side, UUID orgId, Instant at) {}

    /** The way to the lessee and back. */
    public record Journey(
            String carrier,
            String seal,
            @Nullable Instant dispatchedAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant returnedAt,
            int uses,
            String damage) {}

    /** An act of custody on the ledger, with whether everyone it binds has signed. */
    public record Signing(UUID actId, HandoverKind kind, Instant proposedAt, boolean complete) {}

    /** A later end that waits for the other party. */
    public record Extension(UUID id, Instant to, UUID proposedBy) {}

    /** One thing that happened; {@code orgId} is null for what the clock did. */
    public record History(
            Instant at, @Nullable UUID orgId, String verb, RentalState fromState, RentalState toState, String note) {}
}
