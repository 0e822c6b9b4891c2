package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.yiqi.demo.DemoEquipment.DemoUnit;
import org.yiqi.demo.DemoModels.Model;

/** What the suppliers of the region offer, at which price, and what hospitals that own such devices say of it. */
final class DemoCatalogue {

    private static final String PRODUCT =
            "id, supplier_id, model_id, name_zh, name_en, manufacturer, category, device_class, description, price_minor, currency,"
                    + " warranty_months, delivery_days, words, state, made_by, updated_at, published_at";

    /** What a supplier says of a class: name and value by turns. */
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "MRI", List.of("磁场强度", "3.0 T", "孔径", "70 cm"),
            "CT", List.of("探测器排数", "64", "机架孔径", "72 cm"),
            "XRAY", List.of("高压发生器功率", "50 kW", "探测器尺寸", "43 × 43 cm"),
            "ULTRASOUND", List.of("探头配置", "凸阵、线阵、相控阵", "显示器", "21.5 英寸"),
            "VENTILATOR", List.of("通气模式", "VCV, PCV, SIMV, CPAP", "潮气量", "20–2000 ml"),
            "MONITOR", List.of("监测参数", "ECG, SpO2, NIBP, 体温", "屏幕", "12.1 英寸"),
            "ENDOSCOPY", List.of("图像分辨率", "1920 × 1080", "插入部直径", "9.2 mm"));

    private static final List<String> WORDS = List.of(
            "运行稳定，操作简单，售后响应快。Runs steadily, easy to use, quick service.",
            "图像清晰，但备件到货偏慢。Good results, but spare parts take long.",
            "培训到位，噪声略大。Well trained, a little loud.",
            "性价比高，推荐基层医院使用。Good value, we recommend it to smaller hospitals.");

    private final Connection c;
    private final Instant now;
    private final DemoTable products = new DemoTable("procurement.product", PRODUCT);
    private final DemoTable parameters =
            new DemoTable("procurement.product_parameter", "product_id, position, name, value");
    private final DemoTable papers =
            new DemoTable("procurement.product_certificate", "product_id, position, kind, number, issuer, valid_to");
    private final DemoTable cases =
            new DemoTable("procurement.product_case", "product_id, position, site, year, summary, reference");
    private final DemoTable reviews = new DemoTable(
            "procurement.review",
            "id, product_id, org_id, stars, quality, service, text, written_by, written_at, answer, answered_at");

    DemoCatalogue(Connection c, Instant now) {
        this.c = c;
        this.now = now;
    }

    void fill(List<DemoUnit> units) throws SQLException {
        Map<String, List<String>> owners = new HashMap<>();
        for (DemoUnit unit : units) {
            if (!unit.status().equals("REGISTERED")) {
                List<String> keys = owners.computeIfAbsent(unit.model().key(), k -> new ArrayList<>());
                String owner = unit.owner().key();
                if (!keys.contains(owner)) {
                    keys.add(owner);
                }
            }
        }
        List<String> suppliers = DemoRegion.MEMBERS.stream()
                .filter(m -> m.kind().equals("SUPPLIER"))
                .map(DemoRegion.Member::key)
                .toList();
        for (Model model : DemoModels.ALL) {
            product(model, model.supplier(), 0, owners.getOrDefault(model.key(), List.of()));
            String dealer = suppliers.get(DemoIds.number("dealer" + model.key(), suppliers.size()));
            if (!dealer.equals(model.supplier())) {
                product(model, dealer, 4, List.of());
            }
        }
        for (DemoTable table : List.of(products, parameters, papers, cases, reviews)) {
            table.write(c);
        }
    }

    /** @param dearer by how many per cent a dealer asks for more than the maker */
    private void product(Model m, String supplier, int dearer, List<String> owners) {
        UUID id = DemoIds.of("product", supplier + m.key());
        int days = 20 + DemoIds.number("since" + id, 200);
        Instant since = now.minus(days, ChronoUnit.DAYS);
        String maker = DemoEquipment.member(m.supplier()).nameZh();
        List<String> lines = new ArrayList<>(List.of("质保期", (dearer == 0 ? "3" : "2") + " 年"));
        lines.addAll(PARAMETERS.getOrDefault(m.category(), List.of()));
        products.add(
                id,
                DemoIds.of("org", supplier),
                DemoIds.of("model", m.key()),
                m.nameZh(),
                m.nameEn(),
                maker,
                m.category(),
                m.deviceClass(),
                "含安装、培训和首年保养。With installation, training and the first year's service.",
                m.costWan() * 1_000_000L * (100 + dearer) / 100,
                "CNY",
                dearer == 0 ? 36 : 24,
                15 + DemoIds.number("days" + id, 60),
                String.join(" ", m.nameZh(), m.nameEn(), maker, m.number(), String.join(" ", lines)),
                "PUBLISHED",
                DemoIds.of("person", supplier + ".sales"),
                since,
                since);
        for (int i = 0; i < lines.size(); i += 2) {
            parameters.add(id, i / 2, lines.get(i), lines.get(i + 1));
        }
        LocalDate today = LocalDate.ofInstant(now, DemoEquipment.CHINA);
        papers.add(
                id,
                0,
                "REGISTRATION",
                String.format(Locale.ROOT, "国械注准 20213%06d", DemoIds.number("reg" + m.key(), 1_000_000)),
                "国家药品监督管理局",
                today.plusYears(3));
        if (dearer > 0) {
            papers.add(id, 1, "AUTHORISATION", "SQ-" + DemoIds.number("auth" + id, 100_000), maker, today.plusYears(1));
        }
        for (int i = 0; i < Math.min(owners.size(), 4); i++) {
            DemoRegion.Member hospital = DemoEquipment.member(owners.get(i));
            if (i == 0) {
                cases.add(
                        id,
                        0,
                        hospital.nameZh(),
                        today.getYear() - 1,
                        "投入使用一年，开机率 98 %。One year at work, available 98 % of the time.",
                        "");
            }
            int stars = 3 + DemoIds.number("stars" + id + i, 3);
            Instant at = since.plus(2L + i, ChronoUnit.DAYS);
            boolean answered = stars == 3;
            reviews.add(
                    DemoIds.at(at, "review", id + hospital.key()),
                    id,
                    DemoIds.of("org", hospital.key()),
                    stars,
                    Math.min(5, stars + DemoIds.number("q" + id + i, 2)),
                    Math.max(1, stars - DemoIds.number("s" + id + i, 2)),
                    WORDS.get(DemoIds.number("words" + id + i, WORDS.size())),
                    DemoIds.of("person", hospital.key() + ".equipment"),
                    at,
                    answered ? "谢谢反馈，备件库已前移到省内。Thank you; spare parts are now kept in the province." : "",
                    answered ? at.plus(1, ChronoUnit.DAYS) : null);
        }
    }
}
