package org.yiqi.web.procurement;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.Certificate;
import org.yiqi.procurement.ClinicalCase;
import org.yiqi.procurement.Parameter;
import org.yiqi.procurement.ProductState;
import org.yiqi.procurement.ProductTerms;
import org.yiqi.procurement.ProductView;
import org.yiqi.shared.Amount;

/** A product of the catalogue as the API shows it. */
public record ProductJson(
        UUID id,
        UUID supplierId,
        String nameZh,
        String nameEn,
        String manufacturer,
        String category,
        String deviceClass,
        ProductState state,
        int reviews,
        BigDecimal rating,
        Instant updatedAt,
        @Nullable Instant publishedAt,
        Terms terms) {

    static ProductJson of(ProductView p) {
        return new ProductJson(
                p.id(),
                p.supplierId(),
                p.nameZh(),
                p.nameEn(),
                p.manufacturer(),
                p.category(),
                p.deviceClass(),
                p.state(),
                p.reviews(),
                p.rating(),
                p.updatedAt(),
                p.publishedAt(),
                Terms.of(p.terms()));
    }

    /** What its supplier says of it. */
    public record Terms(
            @NotNull UUID modelId,
            @Nullable @Size(max = 4000) String description,
            @NotNull @Valid Amount price,
            @NotNull Integer warrantyMonths,
            @NotNull Integer deliveryDays,
            @NotNull @Size(max = 100) List<PurchasePlanJson.@NotNull @Valid Line> parameters,
            @Nullable @Size(max = 100) List<@NotNull @Valid Paper> certificates,
            @Nullable @Size(max = 100) List<@NotNull @Valid Work> cases) {

        static Terms of(ProductTerms t) {
            return new Terms(
                    t.modelId(),
                    t.description(),
                    Amount.of(t.price()),
                    t.warrantyMonths(),
                    t.deliveryDays(),
                    t.parameters().stream()
                            .map(p -> new PurchasePlanJson.Line(p.name(), p.value()))
                            .toList(),
                    t.certificates().stream()
                            .map(c -> new Paper(c.kind(), c.number(), c.issuer(), c.validTo()))
                            .toList(),
                    t.cases().stream()
                            .map(c -> new Work(c.site(), c.year(), c.summary(), c.reference()))
                            .toList());
        }

        ProductTerms toTerms() {
            return new ProductTerms(
                    modelId,
                    description == null ? "" : description,
                    price.toMoney(),
                    warrantyMonths,
                    deliveryDays,
                    parameters.stream()
                            .map(p -> new Parameter(p.name(), p.value()))
                            .toList(),
                    certificates == null
                            ? List.of()
                            : certificates.stream()
                                    .map(c -> new Certificate(c.kind, c.number, c.issuer, c.validTo))
                                    .toList(),
                    cases == null
                            ? List.of()
                            : cases.stream()
                                    .map(c -> new ClinicalCase(
                                            c.site, c.year, c.summary, c.reference == null ? "" : c.reference))
                                    .toList());
        }
    }

    /** A paper; {@code validTo} is left out where it has no end. */
    public record Paper(
            Certificate.@NotNull Kind kind,
            @NotBlank @Size(max = 80) String number,
            @NotBlank @Size(max = 120) String issuer,
            @Nullable LocalDate validTo) {}

    /** Where it is at work. */
    public record Work(
            @NotBlank @Size(max = 120) String site,
            @NotNull Integer year,
            @NotBlank @Size(max = 2000) String summary,
            @Nullable @Size(max = 300) String reference) {}
}
