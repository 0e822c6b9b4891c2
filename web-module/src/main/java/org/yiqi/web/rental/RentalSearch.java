package org.yiqi.web.rental;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.yiqi.rental.RentalRow;
import org.yiqi.rental.Rentals;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.SearchSource;

/** Finds rentals by number, device or partner. */
@ApplicationScoped
public class RentalSearch implements SearchSource {

    @Inject
    Rentals rentals;

    @Inject
    Language language;

    @Override
    public List<Hit> find(String query, int limit) {
        return rentals.list(new ListQuery(limit, 0, null, List.of(), query, Map.of())).items().stream()
                .map(this::hit)
                .toList();
    }

    private Hit hit(RentalRow rental) {
        boolean zh = language.get() == Lang.ZH;
        return new Hit(
                "/rental/rental?id=" + rental.id(),
                "calendar",
                rental.number() + " · " + (zh ? rental.unitZh() : rental.unitEn()),
                zh ? rental.lesseeZh() : rental.lesseeEn());
    }
}
