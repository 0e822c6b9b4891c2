package org.yiqi.oversight;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A unit's history on the ledger.
 *
 * @param notice what kind of ledger it is from
 * @param custody who answered from when to when, newest first; only what is recorded
 * @param events all acts, newest first, those on their way included
 */
public record TraceView(
        UUID unitId,
        String notice,
        String nameZh,
        String nameEn,
        String manufacturer,
        String serial,
        String udi,
        String assetTag,
        OrganisationName owner,
        List<Span> custody,
        List<Event> events) {

    /**
     * One organisation's time as custodian.
     *
     * @param to null while it lasts
     * @param imported whether it comes from before the ledger and a regulator vouches for it
     */
    public record Span(
            OrganisationName organisation,
            Instant from,
            @Nullable Instant to,
            UUID actId,
            boolean imported) {}

    /**
     * An act.
     *
     * @param state WAITING_SIGNATURE, PENDING, RECORDED, REJECTED or EXPIRED
     * @param reason code, where the type has one
     * @param missing organisations that have still to sign
     */
    public record Event(
            UUID actId,
            String type,
            Instant occurredAt,
            @Nullable Instant recordedAt,
            String state,
            List<PartyName> parties,
            List<Signed> signatures,
            List<OrganisationName> missing,
            boolean imported,
            String reason,
            String digest,
            @Nullable UUID reference,
            @Nullable String refusal) {}

    /** An organisation and what it is in the act. */
    public record PartyName(OrganisationName organisation, String role) {}

    /**
     * A signature.
     *
     * @param custody MANAGED: as good as the platform's key custody; HELD: only the organisation can have made it
     */
    public record Signed(OrganisationName organisation, String keyId, String alg, String custody) {}
}
