package org.yiqi.rental;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/** Everything about a case of damage, for those who take part in it, the platform and regulators. */
public record LiabilityView(
        UUID id,
        long version,
        String number,
        LiabilityState state,
        DamagedUnit unit,
        UUID ownerOrg,
        UUID custodianOrg,
        UUID reporterOrg,
        @Nullable UUID rentalId,
        Damage damage,
        String description,
        boolean harm,
        Instant discoveredAt,
        Instant reportedAt,
        LocalDate rulesOf,
        @Nullable UUID openedAct,
        @Nullable Instant frozenAt,
        @Nullable Instant statementsDue,
        @Nullable BookWorth worth,
        @Nullable Amount limit,
        @Nullable UUID regulatorOrg,
        @Nullable Instant appealDue,
        @Nullable Appeal appeal,
        @Nullable UUID settledAct,
        @Nullable Instant settledAt,
        List<Party> parties,
        List<Evidence> evidence,
        List<Assessment> assessments,
        List<UUID> panel,
        List<Proposal> proposals,
        List<Charge> charges,
        List<Step> history) {

    /** The damaged unit as it was called when it was reported. */
    public record DamagedUnit(UUID id, String zh, String en, String assetTag, String category) {

        /** In the language of the reader. */
        public String name(String language) {
            return language.startsWith("zh") ? zh : en;
        }
    }

    /** Who has to answer, what it said, or that it was silent. */
    public record Party(
            UUID org,
            List<LiabilityRole> roles,
            @Nullable Instant due,
            @Nullable String statement,
            @Nullable Instant statedAt,
            @Nullable Instant silentAt) {

        /** Whether nothing more is awaited from it. */
        public boolean heard() {
            return statedAt != null || silentAt != null;
        }
    }

    /**
     * A piece of evidence.
     *
     * @param digest SHA-256 of its content, which for a photo names the photo's own digest
     * @param mediaType of its file; null where there is none
     */
    public record Evidence(
            UUID id,
            LiabilityEvidenceKind kind,
            UUID org,
            Instant at,
            List<Fact> facts,
            String digest,
            @Nullable String mediaType) {}

    /** A fact of the evidence: a name and what is so. */
    public record Fact(String name, String value) {}

    /** A repair quote or an estimate; its figures are null until it is given. */
    public record Assessment(
            LiabilityEvidenceKind kind,
            UUID org,
            @Nullable Amount repair,
            @Nullable Amount betterment,
            String note,
            @Nullable Instant givenAt) {}

    /** What the unit was worth by straight-line depreciation when the damage was found. */
    public record BookWorth(Amount cost, LocalDate acquiredOn, int lifeYears, int residualPercent, Amount value) {}

    /** A split that waits for signatures or has them. */
    public record Proposal(
            UUID id,
            Kind kind,
            Status state,
            UUID byOrg,
            Instant at,
            Amount amount,
            String note,
            @Nullable UUID actId,
            @Nullable UUID answeredBy,
            String answer,
            List<Cause> causes,
            List<Part> shares) {

        /** Whose split it is. */
        public enum Kind {
            PROPOSAL,
            DECISION,
            APPEAL
        }

        /** How it fared. */
        public enum Status {
            OPEN,
            STANDS,
            DISPUTED,
            LAPSED,
            REFUSED
        }
    }

    /** Why somebody bears a part. */
    public record Cause(
            LiabilityCause cause,
            int weight,
            UUID org,
            boolean byDefault,
            String reasonZh,
            String reasonEn,
            String source) {

        /** In the language of the reader. */
        public String reason(String language) {
            return language.startsWith("zh") ? reasonZh : reasonEn;
        }
    }

    /** What an organisation bears: an exact fraction in lowest terms, and its money. */
    public record Part(UUID org, String share, Amount amount) {

        /** For pictures only; the fraction is what counts. */
        public double percent() {
            int slash = share.indexOf('/');
            return 100d * Long.parseLong(share.substring(0, slash)) / Long.parseLong(share.substring(slash + 1));
        }
    }

    /** What an organisation owes the owner. */
    public record Charge(
            UUID org,
            Amount amount,
            Amount fromDeposit,
            Amount open,
            @Nullable UUID invoiceId,
            @Nullable Instant paidAt) {}

    /** A party's appeal against the panel's decision. */
    public record Appeal(
            UUID org,
            AppealGround ground,
            String text,
            @Nullable UUID actId) {}

    /** One thing that happened; {@code org} is null for what the clock or the ledger did. */
    public record Step(
            Instant at, @Nullable UUID org, String verb, LiabilityState from, LiabilityState to, String note) {}

    /** The split that waits for signatures. */
    public Optional<Proposal> open() {
        return proposals.stream().filter(p -> p.state() == Proposal.Status.OPEN).findFirst();
    }

    /** The split that counts: the newest that all signed. */
    public Optional<Proposal> standing() {
        return proposals.stream()
                .filter(p -> p.state() == Proposal.Status.STANDS)
                .reduce((first, second) -> second);
    }

    public Optional<Party> party(UUID org) {
        return parties.stream().filter(p -> p.org().equals(org)).findFirst();
    }

    /** Who plays a role in the case; the first if several do. */
    public Optional<UUID> inRole(LiabilityRole role) {
        return parties.stream()
                .filter(p -> p.roles().contains(role))
                .map(Party::org)
                .findFirst();
    }
}
