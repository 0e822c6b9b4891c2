package org.yiqi.web.procurement;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.Criterion;
import org.yiqi.procurement.Envelope;
import org.yiqi.procurement.Lot;
import org.yiqi.procurement.OpenerKey;
import org.yiqi.procurement.Requirement;
import org.yiqi.procurement.TenderClosing;
import org.yiqi.procurement.TenderState;
import org.yiqi.procurement.TenderTerms;
import org.yiqi.procurement.TenderView;
import org.yiqi.shared.Amount;

/** A tender as the API shows it: everything that a bidder's tool needs. */
public record TenderJson(
        UUID id,
        String number,
        String ocid,
        UUID buyerId,
        TenderState state,
        List<Envelope> envelopes,
        Terms terms,
        String category,
        String currency,
        List<OpenerKey> keys,
        String termsDigest,
        @Nullable UUID actId,
        @Nullable UUID pendingAct,
        Instant closesAt,
        String endedReason,
        String endedNote,
        Instant madeAt,
        @Nullable Instant publishedAt,
        @Nullable Instant sealedAt,
        @Nullable Instant endedAt) {

    static TenderJson of(TenderView t) {
        return new TenderJson(
                t.id(),
                t.number(),
                t.ocid(),
                t.buyerId(),
                t.state(),
                t.terms().envelopes(),
                Terms.of(t.terms()),
                t.category(),
                t.currency(),
                t.keys(),
                t.termsDigest(),
                t.actId(),
                t.pendingAct(),
                TenderClosing.closesAt(t),
                t.endedReason(),
                t.endedNote(),
                t.madeAt(),
                t.publishedAt(),
                t.sealedAt(),
                t.endedAt());
    }

    /** What is put out to tender. */
    public record Terms(
            @NotNull UUID planId,
            @NotBlank @Size(max = 200) String title,
            @NotBlank @Size(max = 8000) String description,
            @NotNull Boolean twoEnvelopes,
            @NotNull Integer threshold,
            @NotNull Instant enquiryUntil,
            @NotNull Instant deadline,
            @NotNull @Size(min = 1, max = 50) List<@NotNull @Valid Part> lots,
            @Nullable @Size(max = 200) List<@NotNull @Valid Demand> requirements,
            @NotNull @Size(min = 1, max = 20) List<@NotNull @Valid Weight> criteria,
            @NotNull @Size(min = 3, max = 25) List<@NotNull UUID> openers) {

        static Terms of(TenderTerms t) {
            return new Terms(
                    t.planId(),
                    t.title(),
                    t.description(),
                    t.twoEnvelopes(),
                    t.threshold(),
                    t.enquiryUntil(),
                    t.deadline(),
                    t.lots().stream()
                            .map(l -> new Part(l.code(), l.title(), l.category(), l.quantity(), Amount.of(l.ceiling())))
                            .toList(),
                    t.requirements().stream()
                            .map(r -> new Demand(r.lot(), r.text(), r.mandatory()))
                            .toList(),
                    t.criteria().stream()
                            .map(c -> new Weight(c.kind(), c.title(), c.weight()))
                            .toList(),
                    t.openers());
        }

        TenderTerms toTerms() {
            return new TenderTerms(
                    planId,
                    title,
                    description,
                    twoEnvelopes,
                    threshold,
                    enquiryUntil,
                    deadline,
                    lots.stream()
                            .map(l -> new Lot(l.code, l.title, l.category, l.quantity, l.ceiling.toMoney()))
                            .toList(),
                    requirements == null
                            ? List.of()
                            : requirements.stream()
                                    .map(r -> new Requirement(r.lot, r.text, r.mandatory))
                                    .toList(),
                    criteria.stream()
                            .map(c -> new Criterion(c.kind, c.title, c.weight))
                            .toList(),
                    openers);
        }
    }

    /** A lot. */
    public record Part(
            @NotBlank @Size(max = 20) String code,
            @NotBlank @Size(max = 200) String title,
            @NotBlank @Size(max = 40) String category,
            @NotNull Integer quantity,
            @NotNull @Valid Amount ceiling) {}

    /** A requirement; without a lot it is about all. */
    public record Demand(
            @Nullable @Size(max = 20) String lot,
            @NotBlank @Size(max = 1000) String text,
            @NotNull Boolean mandatory) {}

    /** A criterion with its weight; all weights come to 100. */
    public record Weight(
            Criterion.@NotNull Kind kind,
            @NotBlank @Size(max = 200) String title,
            @NotNull Integer weight) {}
}
