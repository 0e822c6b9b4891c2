package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.procurement.Catalogue;
import org.yiqi.procurement.Certificate;
import org.yiqi.procurement.ClinicalCase;
import org.yiqi.procurement.Parameter;
import org.yiqi.procurement.ProductReviews;
import org.yiqi.procurement.ProductState;
import org.yiqi.procurement.ProductTerms;
import org.yiqi.procurement.ProductView;
import org.yiqi.procurement.ReviewView;
import org.yiqi.procurement.WriteReview;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;

/** A product: written by its supplier, read and reviewed by the others. Parameters are lines of "name: value". */
@Named
@ViewScoped
public class ProductPage implements Serializable {

    private static final String CURRENCY = "CNY";
    private static final int MODELS = 12;
    private static final int REVIEWS = 50;

    @Inject
    Catalogue catalogue;

    @Inject
    ProductReviews reviews;

    @Inject
    Models models;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    private String id = "";
    private String modelId = "";
    private @Nullable String find;
    private boolean editing;
    private @Nullable ProductView product;
    private @Nullable ModelView model;
    private List<ReviewView> written = List.of();
    private boolean reviewer;
    private String description = "";
    private @Nullable BigDecimal price;
    private int warrantyMonths = 12;
    private int deliveryDays = 30;
    private String parameters = "";
    private List<Paper> papers = new ArrayList<>();
    private List<Work> works = new ArrayList<>();
    private int stars = 5;
    private int quality = 5;
    private int service = 5;
    private String text = "";
    private String answer = "";

    /** Reads the product of the address, or the model that a new one is of. */
    public void open() {
        if (!id.isEmpty()) {
            show(catalogue.get(NeedPage.uuid(id)));
        } else if (!modelId.isEmpty()) {
            ModelView chosen = models.get(NeedPage.uuid(modelId));
            model = chosen;
            description = chosen.description();
            parameters = ParameterLines.write(chosen.parameters().entrySet().stream()
                    .map(e -> new Parameter(e.getKey(), e.getValue()))
                    .toList());
            papers.add(new Paper(Certificate.Kind.REGISTRATION, chosen.registrationNumber(), "", null));
            editing = true;
        }
    }

    private void show(ProductView seen) {
        product = seen;
        model = models.get(seen.terms().modelId());
        ProductTerms t = seen.terms();
        description = t.description();
        price = t.price().amount();
        warrantyMonths = t.warrantyMonths();
        deliveryDays = t.deliveryDays();
        parameters = ParameterLines.write(t.parameters());
        papers = t.certificates().stream()
                .map(c -> new Paper(c.kind(), c.number(), c.issuer(), c.validTo()))
                .collect(Collectors.toCollection(ArrayList::new));
        works = t.cases().stream()
                .map(c -> new Work(c.site(), c.year(), c.summary(), c.reference()))
                .collect(Collectors.toCollection(ArrayList::new));
        written = reviews.list(seen.id(), new ListQuery(REVIEWS, 0, null, List.of(), null, Map.of()))
                .items();
        reviewer = reviews.mayWrite(seen.id());
    }

    public void edit() {
        editing = true;
    }

    public void addPaper() {
        papers.add(new Paper(Certificate.Kind.OTHER, "", "", null));
    }

    public void addWork() {
        works.add(new Work(
                "", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).getYear(), "", ""));
    }

    public String save() {
        ProductView seen = product;
        ProductView saved =
                seen == null ? catalogue.add(terms()) : catalogue.change(seen.id(), seen.version(), terms());
        return to(saved);
    }

    public String publish() {
        ProductView seen = shown();
        return to(catalogue.publish(seen.id(), seen.version()));
    }

    public String withdraw() {
        ProductView seen = shown();
        return to(catalogue.withdraw(seen.id(), seen.version()));
    }

    public String review() {
        ProductView seen = shown();
        reviews.write(seen.id(), new WriteReview(stars, quality, service, text));
        return to(seen);
    }

    public String answer(ReviewView review) {
        ProductView seen = shown();
        reviews.answer(seen.id(), review.id(), review.version(), answer);
        return to(seen);
    }

    private ProductTerms terms() {
        ModelView of = model;
        BigDecimal amount = price;
        if (of == null || amount == null) {
            throw new RuleViolation("procurement.product-invalid", "A product has a model and a price")
                    .at("/price", "needed");
        }
        return new ProductTerms(
                of.id(),
                description,
                Money.of(amount, CURRENCY),
                warrantyMonths,
                deliveryDays,
                ParameterLines.read(parameters, "procurement.product-invalid"),
                papers.stream()
                        .filter(p -> !p.isEmpty())
                        .map(p -> new Certificate(p.kind, p.number, p.issuer, p.validTo))
                        .toList(),
                works.stream()
                        .filter(w -> !w.isEmpty())
                        .map(w -> new ClinicalCase(w.site, w.year, w.summary, w.reference))
                        .toList());
    }

    private ProductView shown() {
        ProductView seen = product;
        if (seen == null) {
            throw new IllegalStateException("no product is shown");
        }
        return seen;
    }

    private static String to(ProductView product) {
        return "/procurement/product?faces-redirect=true&id=" + product.id();
    }

    /** Models to choose from, once something is looked for. */
    public List<ModelView> getFound() {
        String words = find;
        return words == null || words.isBlank()
                ? List.of()
                : models.list(new ListQuery(MODELS, 0, null, List.of(), words.strip(), Map.of()))
                        .items();
    }

    public boolean isMine() {
        ProductView seen = product;
        return seen != null && seen.supplierId().equals(caller.orgId());
    }

    public boolean isChoosing() {
        return product == null && model == null;
    }

    public boolean isDraft() {
        ProductView seen = product;
        return seen != null && seen.state() == ProductState.DRAFT;
    }

    public boolean isWithdrawn() {
        ProductView seen = product;
        return seen != null && seen.state() == ProductState.WITHDRAWN;
    }

    public Certificate.Kind[] getKinds() {
        return Certificate.Kind.values();
    }

    /** A paper as it is being written. */
    public static final class Paper implements Serializable {
        private Certificate.Kind kind;
        private String number;
        private String issuer;
        private @Nullable LocalDate validTo;

        Paper(Certificate.Kind kind, String number, String issuer, @Nullable LocalDate validTo) {
            this.kind = kind;
            this.number = number;
            this.issuer = issuer;
            this.validTo = validTo;
        }

        boolean isEmpty() {
            return number.isBlank() && issuer.isBlank();
        }

        public Certificate.Kind getKind() {
            return kind;
        }

        public void setKind(Certificate.Kind kind) {
            this.kind = kind;
        }

        public String getNumber() {
            return number;
        }

        public void setNumber(@Nullable String number) {
            this.number = number == null ? "" : number;
        }

        public String getIssuer() {
            return issuer;
        }

        public void setIssuer(@Nullable String issuer) {
            this.issuer = issuer == null ? "" : issuer;
        }

        public @Nullable LocalDate getValidTo() {
            return validTo;
        }

        public void setValidTo(@Nullable LocalDate validTo) {
            this.validTo = validTo;
        }
    }

    /** A case as it is being written. */
    public static final class Work implements Serializable {
        private String site;
        private int year;
        private String summary;
        private String reference;

        Work(String site, int year, String summary, String reference) {
            this.site = site;
            this.year = year;
            this.summary = summary;
            this.reference = reference;
        }

        boolean isEmpty() {
            return site.isBlank() && summary.isBlank();
        }

        public String getSite() {
            return site;
        }

        public void setSite(@Nullable String site) {
            this.site = site == null ? "" : site;
        }

        public int getYear() {
            return year;
        }

        public void setYear(int year) {
            this.year = year;
        }

        public String getSummary() {
            return summary;
        }

        public void setSummary(@Nullable String summary) {
            this.summary = summary == null ? "" : summary;
        }

        public String getReference() {
            return reference;
        }

        public void setReference(@Nullable String reference) {
            this.reference = reference == null ? "" : reference;
        }
    }

    public @Nullable ProductView getProduct() {
        return product;
    }

    public @Nullable ModelView getModel() {
        return model;
    }

    public List<ReviewView> getWritten() {
        return written;
    }

    public boolean isReviewer() {
        return reviewer;
    }

    public boolean isEditing() {
        return editing;
    }

    public List<Paper> getPapers() {
        return papers;
    }

    public List<Work> getWorks() {
        return works;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getModelId() {
        return modelId;
    }

    public void setModelId(@Nullable String modelId) {
        this.modelId = modelId == null ? "" : modelId;
    }

    public @Nullable String getFind() {
        return find;
    }

    public void setFind(@Nullable String find) {
        this.find = find;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(@Nullable String description) {
        this.description = description == null ? "" : description;
    }

    public @Nullable BigDecimal getPrice() {
        return price;
    }

    public void setPrice(@Nullable BigDecimal price) {
        this.price = price;
    }

    public int getWarrantyMonths() {
        return warrantyMonths;
    }

    public void setWarrantyMonths(int warrantyMonths) {
        this.warrantyMonths = warrantyMonths;
    }

    public int getDeliveryDays() {
        return deliveryDays;
    }

    public void setDeliveryDays(int deliveryDays) {
        this.deliveryDays = deliveryDays;
    }

    public String getParameters() {
        return parameters;
    }

    public void setParameters(@Nullable String parameters) {
        this.parameters = parameters == null ? "" : parameters;
    }

    public int getStars() {
        return stars;
    }

    public void setStars(int stars) {
        this.stars = stars;
    }

    public int getQuality() {
        return quality;
    }

    public void setQuality(int quality) {
        this.quality = quality;
    }

    public int getService() {
        return service;
    }

    public void setService(int service) {
        this.service = service;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }

    public String getAnswer() {
        return answer;
    }

    public void setAnswer(@Nullable String answer) {
        this.answer = answer == null ? "" : answer;
    }
}
