package org.yiqi.web.equipment;

import java.util.List;
import java.util.function.Consumer;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.web.api.TableExport;

/** Units as a table for export, under the names by which an import reads them back. */
final class UnitColumns {

    static final List<String> NAMES = List.of(
            "assetTag",
            "nameZh",
            "nameEn",
            "manufacturer",
            "modelNumber",
            "category",
            "serial",
            "status",
            "condition",
            "criticality",
            "department",
            "regionCode",
            "site",
            "modelId",
            "ownerId",
            "custodianId",
            "labelCode",
            "id",
            "updatedAt");

    private UnitColumns() {}

    static List<?> cells(UnitRow u) {
        return List.of(
                u.assetTag(),
                u.modelNameZh(),
                u.modelNameEn(),
                u.manufacturer(),
                u.modelNumber(),
                u.category(),
                u.serial(),
                u.status().name(),
                u.condition().name(),
                u.criticality().name(),
                u.department(),
                u.regionCode(),
                u.site(),
                u.modelId().toString(),
                u.ownerId().toString(),
                u.custodianId().toString(),
                u.labelCode(),
                u.id().toString(),
                u.updatedAt());
    }

    static TableExport export(Units units, ListQuery query) {
        Consumer<Consumer<List<?>>> rows = sink -> units.export(query, row -> sink.accept(cells(row)));
        return new TableExport("units", NAMES, rows);
    }
}
