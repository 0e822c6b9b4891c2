package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.Catalogue;
import org.yiqi.procurement.Parameter;
import org.yiqi.procurement.ProductView;
import org.yiqi.shared.problem.RuleViolation;

/** Products side by side: what all say stands in one row, and rows in which they differ are marked. */
@Named
@RequestScoped
public class ComparePage {

    @Inject
    Catalogue catalogue;

    private List<ProductView> products = List.of();

    /** A row of the comparison: what each product says, in the products' order; empty where it says nothing. */
    public record Row(String name, List<String> values) {
        public boolean isDifferent() {
            return values.stream()
                            .map(v -> v.toLowerCase(Locale.ROOT).replaceAll("\\s+", ""))
                            .distinct()
                            .count()
                    > 1;
        }
    }

    /** Reads the products that the address names; fewer than two show how to choose them. */
    public void open() {
        String[] given = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterValuesMap()
                .getOrDefault("id", new String[0]);
        Set<String> ids = new LinkedHashSet<>(Arrays.asList(given));
        try {
            products = catalogue.compare(ids.stream().map(NeedPage::uuid).toList());
        } catch (RuleViolation e) {
            products = List.of();
        }
    }

    public List<ProductView> getProducts() {
        return products;
    }

    /** All parameters that one of them names, in the order in which they first appear. */
    public List<Row> getRows() {
        Set<String> names = new LinkedHashSet<>();
        products.forEach(p -> p.terms().parameters().forEach(line -> names.add(line.name())));
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(new Row(name, products.stream().map(p -> value(p, name)).toList()));
        }
        return rows;
    }

    private static String value(ProductView product, String name) {
        return product.terms().parameters().stream()
                .filter(line -> line.name().equals(name))
                .map(Parameter::value)
                .findFirst()
                .orElse("");
    }

    /** Of the products, the one with the lowest price. */
    public @Nullable UUID getCheapest() {
        return products.stream()
                .min((a, b) -> Long.compare(
                        a.terms().price().minor(), b.terms().price().minor()))
                .map(ProductView::id)
                .orElse(null);
    }
}
