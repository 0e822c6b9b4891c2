package org.yiqi.web.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.yiqi.procurement.Catalogue;
import org.yiqi.procurement.ProductState;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.SearchSource;

/** Products of the catalogue by what their suppliers say of them. */
@ApplicationScoped
public class ProductSearch implements SearchSource {

    @Inject
    Catalogue catalogue;

    @Inject
    Language language;

    @Override
    public List<Hit> find(String query, int limit) {
        ListQuery published = new ListQuery(
                limit, 0, null, List.of(), query, Map.of("state", List.of(ProductState.PUBLISHED.name())));
        return catalogue.list(published).items().stream()
                .map(p -> new Hit(
                        "/procurement/product?id=" + p.id(), "star", p.name(language.getTag()), p.manufacturer()))
                .toList();
    }
}
