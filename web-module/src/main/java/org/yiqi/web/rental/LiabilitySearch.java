package org.yiqi.web.rental;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.yiqi.rental.Liabilities;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.SearchSource;
import org.yiqi.web.shell.Texts;

/** Finds cases of damage by number or device. */
@ApplicationScoped
public class LiabilitySearch implements SearchSource {

    @Inject
    Liabilities liabilities;

    @Inject
    Language language;

    @Inject
    Texts texts;

    @Override
    public List<Hit> find(String query, int limit) {
        return liabilities.list(new ListQuery(limit, 0, null, List.of(), query, Map.of())).items().stream()
                .map(found -> new Hit(
                        "/rental/liability?id=" + found.id(),
                        "exclamation-triangle",
                        found.number() + " · " + found.unit(language.getTag()),
                        texts.get("rental.liability.state." + found.state())))
                .toList();
    }
}
