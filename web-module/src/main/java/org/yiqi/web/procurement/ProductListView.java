package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.Catalogue;
import org.yiqi.procurement.ProductRow;
import org.yiqi.procurement.ProductState;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.ListPage;
import org.yiqi.web.shell.OrganisationNames;

/** The catalogue with its facets. What a supplier has not published stands in its own list, {@code own=1}. */
@Named
@RequestScoped
public class ProductListView extends ListPage<ProductRow> {

    @Inject
    Catalogue catalogue;

    @Inject
    OrganisationNames organisations;

    @Inject
    Caller caller;

    private @Nullable String category;
    private @Nullable String deviceClass;
    private @Nullable String supplier;
    private @Nullable String maxPrice;
    private @Nullable String minRating;
    private @Nullable String minWarranty;
    private @Nullable String own;
    private @Nullable Map<String, Map<String, Long>> counts;

    /** A value that narrows the search, and how many products would be left. */
    public record Facet(String value, String name, long count) {}

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("category", category);
        filters.put("deviceClass", deviceClass);
        filters.put("supplier", supplier);
        filters.put("maxPrice", maxPrice);
        filters.put("minRating", minRating);
        filters.put("minWarranty", minWarranty);
        return filters;
    }

    @Override
    protected Map<String, String> manner() {
        return isMine() ? Map.of("own", "1") : Map.of();
    }

    @Override
    protected Page<ProductRow> find(ListQuery query) {
        return catalogue.list(scoped(query));
    }

    @Override
    protected void each(ListQuery query, Consumer<ProductRow> consumer) {
        catalogue.export(scoped(query), consumer);
    }

    private ListQuery scoped(ListQuery query) {
        return isMine()
                ? query.where("supplier", caller.orgId().toString())
                : query.where("state", ProductState.PUBLISHED.name());
    }

    @Override
    protected List<Column<ProductRow>> columns() {
        return List.of(
                column("procurement.product", p -> p.name(language.getTag())),
                column("procurement.manufacturer", ProductRow::manufacturer),
                column("procurement.supplier", p -> organisations.name(p.supplierId())),
                column("procurement.category", p -> texts.get("equipment.category." + p.category())),
                column("procurement.deviceClass", ProductRow::deviceClass),
                column("procurement.listPrice", p -> p.price().toMoney().amount()),
                column("procurement.currency", p -> p.price().currency()),
                column("procurement.warrantyMonths", ProductRow::warrantyMonths),
                column("procurement.deliveryDays", ProductRow::deliveryDays),
                column("procurement.rating", ProductRow::rating),
                column("procurement.reviews", ProductRow::reviews),
                column("procurement.state", p -> texts.get("procurement.productState." + p.state())));
    }

    public List<Facet> getCategories() {
        return facets("category", value -> texts.get("equipment.category." + value));
    }

    public List<Facet> getClasses() {
        return facets("deviceClass", value -> value);
    }

    public List<Facet> getSuppliers() {
        return facets("supplier", value -> organisations.name(UUID.fromString(value)));
    }

    private List<Facet> facets(String facet, UnaryOperator<String> name) {
        Map<String, Map<String, Long>> known = counts;
        if (known == null) {
            try {
                known = catalogue.facets(scoped(query()));
            } catch (RuleViolation e) {
                // A hand-made address with a value that is none: nothing is left to count.
                known = new HashMap<>();
            }
            counts = known;
        }
        List<Facet> facets = new ArrayList<>();
        known.getOrDefault(facet, Map.of()).forEach((value, count) -> {
            if (!value.isEmpty()) {
                facets.add(new Facet(value, name.apply(value), count));
            }
        });
        return facets;
    }

    public boolean isMine() {
        return "1".equals(own);
    }

    public @Nullable String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category;
    }

    public @Nullable String getDeviceClass() {
        return deviceClass;
    }

    public void setDeviceClass(@Nullable String deviceClass) {
        this.deviceClass = deviceClass;
    }

    public @Nullable String getSupplier() {
        return supplier;
    }

    public void setSupplier(@Nullable String supplier) {
        this.supplier = supplier;
    }

    public @Nullable String getMaxPrice() {
        return maxPrice;
    }

    public void setMaxPrice(@Nullable String maxPrice) {
        this.maxPrice = maxPrice;
    }

    public @Nullable String getMinRating() {
        return minRating;
    }

    public void setMinRating(@Nullable String minRating) {
        this.minRating = minRating;
    }

    public @Nullable String getMinWarranty() {
        return minWarranty;
    }

    public void setMinWarranty(@Nullable String minWarranty) {
        this.minWarranty = minWarranty;
    }

    public @Nullable String getOwn() {
        return own;
    }

    public void setOwn(@Nullable String own) {
        this.own = own;
    }
}
