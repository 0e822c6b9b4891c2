package org.yiqi.web.equipment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.equipment.ScanView;
import org.yiqi.equipment.Scans;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.SearchSource;

/** Units by name, serial number, asset tag, label or a scanned identifier. */
@ApplicationScoped
public class UnitSearch implements SearchSource {

    @Inject
    Units units;

    @Inject
    Scans scans;

    @Inject
    Language language;

    @Override
    public List<Hit> find(String query, int limit) {
        List<Hit> hits = new ArrayList<>();
        scanned(query).ifPresent(hits::add);
        String tag = language.getTag();
        units.list(new ListQuery(limit, 0, null, List.of(), query, Map.of())).items().stream()
                .map(unit -> hit(unit.id(), unit.assetTag(), unit.modelName(tag), unit.serial()))
                .filter(hit -> !hits.contains(hit))
                .forEach(hits::add);
        return hits.stream().limit(limit).toList();
    }

    private Optional<Hit> scanned(String query) {
        try {
            ScanView scan = scans.read(query);
            UUID id = scan.unitId();
            if (id == null) {
                return Optional.empty();
            }
            UnitView unit = units.get(id);
            return Optional.of(hit(id, unit.assetTag(), unit.model().name(language.getTag()), unit.serial()));
        } catch (RuleViolation nothingScanned) {
            return Optional.empty();
        }
    }

    private static Hit hit(UUID id, String assetTag, String model, String serial) {
        return new Hit("/equipment/unit?id=" + id, "box", assetTag + " · " + model, serial);
    }
}
