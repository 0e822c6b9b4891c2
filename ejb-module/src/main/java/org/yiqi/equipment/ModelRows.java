package org.yiqi.equipment;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.table.TableRow;
import org.yiqi.equipment.udi.Udi;
import org.yiqi.equipment.udi.UdiIssuer;
import org.yiqi.equipment.udi.UdiRefused;

/** Reads models from the rows of a table. */
final class ModelRows {

    private ModelRows() {}

    static CatalogueRow read(TableRow row) {
        String di = row.text("deviceIdentifier", "UDI-DI", "DI", "产品标识");
        String issuer = row.text("issuer", "发码机构");
        if (di != null && issuer == null) {
            issuer = "GS1";
        }
        String zh = text(row, "nameZh", "中文名称", "名称");
        String en = text(row, "nameEn", "name", "英文名称");
        String maker = text(row, "manufacturer", "生产企业", "制造商");
        String key = di != null ? di : zh.isEmpty() ? en : zh;
        if (zh.isEmpty() && en.isEmpty()) {
            throw refused(row, key, "equipment.row-incomplete", "The row has no name.");
        }
        if (maker.isEmpty()) {
            throw refused(row, key, "equipment.row-incomplete", "The row has no manufacturer.");
        }
        if (zh.length() > 300 || en.length() > 300 || maker.length() > 200) {
            throw refused(row, key, "equipment.row-too-long", "A name has at most 300 characters, a manufacturer 200.");
        }
        if (di != null) {
            check(row, issuer, di);
        }
        String gmdn = text(row, "gmdnName", "GMDN");
        String category = row.text("category", "类别");
        String deviceClass = text(row, "deviceClass", "管理类别");
        if (!deviceClass.matches("I{0,3}")) {
            throw refused(row, key, "equipment.row-invalid", "The class is I, II or III.");
        }
        if (category != null && !Category.all().contains(category)) {
            throw refused(row, key, "equipment.row-invalid", "The category is one of " + Category.all() + ".");
        }
        return new CatalogueRow(
                di == null ? null : issuer,
                di,
                zh,
                en,
                maker,
                text(row, "modelNumber", "型号"),
                text(row, "catalogNumber", "货号"),
                category == null ? Category.of(gmdn + " " + en) : category,
                deviceClass,
                text(row, "registrationNumber", "注册证号"),
                gmdn,
                text(row, "description", "描述"),
                List.of(),
                List.of(),
                Map.of(),
                "CSV");
    }

    private static void check(TableRow row, @Nullable String issuer, String di) {
        try {
            Udi.checkDeviceIdentifier(UdiIssuer.valueOf(String.valueOf(issuer)), di);
        } catch (UdiRefused e) {
            throw refused(row, di, e.code(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw refused(row, di, "equipment.row-invalid", "The issuer is GS1, HIBCC or ICCBBA.");
        }
    }

    private static RefusedRow refused(TableRow row, String key, String code, String message) {
        return new RefusedRow(new ImportError(row.line(), key, code, message));
    }

    private static String text(TableRow row, String... names) {
        String text = row.text(names);
        return text == null ? "" : text;
    }
}
