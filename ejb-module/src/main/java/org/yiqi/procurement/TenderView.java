package org.yiqi.procurement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * A tender with all that belongs to it.
 *
 * @param actId the act that still waits for signatures, or the last one
 * @param termsSalt the salt of the digest that the ledger holds of {@code termsText}; both null before publication
 * @param endReason why it was cancelled or failed, otherwise empty
 */
public record TenderView(
        UUID id,
        long version,
        String number,
        String ocid,
        UUID buyerId,
        String buyerZh,
        String buyerEn,
        String buyerCode,
        UUID planId,
        String budgetLine,
        Money budget,
        TenderTerms terms,
        TenderState state,
        @Nullable UUID actId,
        @Nullable String termsText,
        @Nullable String termsSalt,
        Instant madeAt,
        @Nullable Instant publishedAt,
        @Nullable Instant endedAt,
        String endReason,
        List<Document> documents,
        List<OpenerKey> keys,
        List<Enquiry> enquiries,
        List<Amendment> amendments) {

    public TenderView {
        documents = List.copyOf(documents);
        keys = List.copyOf(keys);
        enquiries = List.copyOf(enquiries);
        amendments = List.copyOf(amendments);
    }

    /** In the language of the reader. */
    public String title(String language) {
        return language.startsWith("zh") ? terms.title() : terms.titleEn();
    }

    /** In the language of the reader. */
    public String description(String language) {
        return language.startsWith("zh") ? terms.description() : terms.descriptionEn();
    }

    /** In the language of the reader. */
    public String buyer(String language) {
        return language.startsWith("zh") ? buyerZh : buyerEn;
    }

    /** Whether bids and questions can still come in. */
    public boolean isOpen(Instant now) {
        return state == TenderState.ACTIVE && now.isBefore(terms.deadline());
    }

    /** How many keys of openers are still to come before it can be published. */
    public int keysMissing() {
        return terms.openers().size() * terms.envelopes() - keys.size();
    }

    /** A file of the tender, by its digest; whoever may see the tender may have it. */
    public record Document(
            UUID id, String title, String kind, String mediaType, int size, String sha256, Instant addedAt) {}

    /** What bids of an envelope are sealed for. */
    public record OpenerKey(UUID opener, String envelope, String publicKey, String proof, Instant registeredAt) {}

    /** A question, whose asker nobody sees, and its answer. */
    public record Enquiry(
            UUID id,
            int number,
            String question,
            Instant askedAt,
            Instant answerBy,
            @Nullable String answer,
            @Nullable Instant answeredAt) {}

    /** What was changed after publication. */
    public record Amendment(
            UUID id, int number, Instant deadline, String rationale, String rationaleEn, State state, Instant proposedAt) {

        /** Whether all who bind the change have signed. */
        public enum State {
            WAITING,
            MADE,
            LAPSED
        }

        /** In the language of the reader. */
        public String rationale(String language) {
            return language.startsWith("zh") ? rationale : rationaleEn;
        }
    }
}
