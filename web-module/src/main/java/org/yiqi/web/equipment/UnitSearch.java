package org.yiqi.web.equipment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.SearchSource;

/** Finds units by what is printed on them: tag, serial number, UDI, model. */
@ApplicationScoped
public class UnitSearch implements SearchSource {

    @Inject
    Units units;

    @Inject
    Language language;

    @Override
    public List<Hit> find(String query, int limit) {
        return units.list(new ListQuery(limit, 0, null, List.of(), query, Map.of())).items().stream()
                .map(this::hit)
                .toList();
    }

    private Hit hit(UnitRow unit) {
        String title = unit.assetTag() + " · " + unit.modelName(language.getTag());
        return new Hit("/equipment/unit?id=" + unit.id(), "box", title, unit.serial());
    }
}
