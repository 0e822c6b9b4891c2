package org.yiqi.web.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.ledger.ActView;

/**
 * An act as the API shows it.
 *
 * @param subject whose chain it continues, such as {@code custody:<unit>}
 * @param previous digest of the act before it, absent for the first
 * @param missing organisations that have still to sign
 * @param block of the channel in which it stands, absent on a local ledger
 * @param imported whether it comes from before the ledger and a regulator vouches for it
 */
public record ActAnswer(
        UUID id,
        String type,
        String subject,
        Instant occurredAt,
        List<PartyAnswer> parties,
        Map<String, Object> body,
        List<EvidenceAnswer> evidence,
        @Nullable String previous,
        String digest,
        List<SignatureAnswer> signatures,
        List<UUID> missing,
        String state,
        @Nullable String refusal,
        boolean imported,
        @Nullable UUID reference,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant recordedAt,
        @Nullable Long position,
        @Nullable Long block,
        @Nullable String transactionId) {

    /** An organisation and what it is in the act. */
    public record PartyAnswer(UUID organisationId, String role) {}

    /** What supports the act, by its salted digest. */
    public record EvidenceAnswer(String name, String algorithm, String digest) {}

    /** A signature over the act's bytes: DER in Base64. */
    public record SignatureAnswer(UUID organisationId, String keyId, String alg, String value) {}

    static ActAnswer of(ActView view) {
        Act act = view.signed().act();
        return new ActAnswer(
                act.id(),
                act.type(),
                act.subject().toString(),
                act.occurredAt(),
                act.parties().stream()
                        .map(p -> new PartyAnswer(p.org(), p.role().name()))
                        .toList(),
                act.body(),
                act.evidence().stream()
                        .map(e -> new EvidenceAnswer(e.name(), e.algorithm(), e.digest()))
                        .toList(),
                act.previous(),
                view.digest(),
                view.signed().signatures().stream()
                        .map(s ->
                                new SignatureAnswer(s.org(), s.keyId(), s.alg().name(), s.value()))
                        .toList(),
                view.missing(),
                view.state().name(),
                view.refusal(),
                act.imported(),
                view.reference(),
                view.createdAt(),
                view.expiresAt(),
                view.recordedAt(),
                view.position(),
                view.block(),
                view.transactionId());
    }
}
