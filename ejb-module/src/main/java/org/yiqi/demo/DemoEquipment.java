package org.yiqi.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The region's catalogue and 2,000 units, each registered, and the own use of the large ones. */
final class DemoEquipment {

    static final int UNITS = 2000;

    private static final String UNIT =
            "id,model_id,owner_id,custodian_id,maintainer_id,department,serial,udi,manufactured_on,asset_tag,label_code,status,"
                    + "condition,criticality,region_code,site,latitude,longitude,acquired_on,acquisition_cost_minor,"
                    + "warranty_until,search_text,created_at,updated_at";

    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final String CODE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final Connection c;
    private final Instant now;
    private final Map<String, Integer> numbers = new HashMap<>();

    DemoEquipment(Connection c, Instant now) {
        this.c = c;
        this.now = now;
    }

    /**
     * A unit of the demo, as the demo's other parts need it.
     *
     * @param service who looks after it
     */
    record DemoUnit(
            UUID id,
            DemoRegion.Member owner,
            DemoModels.Model model,
            String tag,
            String serial,
            String service,
            String status,
            LocalDate acquired) {}

    /** Writes the catalogue and the units; their registrations go to what is past. */
    List<DemoUnit> fill(DemoPast past) throws SQLException {
        models();
        List<DemoUnit> units = units();
        for (DemoUnit u : units) {
            Instant at = u.acquired().atTime(10, 0).atZone(CHINA).toInstant();
            past.registered(u.id(), orgId(u.owner()), DemoIds.of("registered", u.tag()), at, u.status());
        }
        return units;
    }

    static UUID orgId(DemoRegion.Member m) {
        return DemoIds.of("org", m.key());
    }

    private void models() throws SQLException {
        Timestamp at = Timestamp.from(DemoData.SINCE);
        try (PreparedStatement s = c.prepareStatement("""
                insert into equipment.model(id, issuer, device_identifier, name_zh, name_en, manufacturer, model_number, category,
                  device_class, registration_number, life_years, source, created_by, created_at, updated_at)
                values (?, 'GS1', ?, ?, ?, ?, ?, ?, ?, ?, ?, 'MANUAL', ?, ?, ?)""")) {
            int number = 0;
            for (DemoModels.Model m : DemoModels.ALL) {
                number++;
                add(
                        s,
                        DemoIds.of("model", m.key()),
                        gtin(number),
                        m.nameZh(),
                        m.nameEn(),
                        member(m.supplier()).nameZh(),
                        m.number(),
                        m.category(),
                        m.deviceClass(),
                        String.format(Locale.ROOT, "国械注准 20213%06d", number * 6047 % 1_000_000),
                        m.lifeYears(),
                        DemoIds.of("org", m.supplier()),
                        at,
                        at);
            }
            s.executeBatch();
        }
    }

    private List<DemoUnit> units() throws SQLException {
        List<DemoUnit> units = new ArrayList<>();
        DemoTable table = new DemoTable("equipment.unit", UNIT);
        List<DemoRegion.Member> hospitals = hospitals();
        for (int round = 0; units.size() < UNITS; round++) {
            for (DemoRegion.Member h : hospitals) {
                for (DemoModels.Model m : DemoModels.ALL) {
                    int wanted = h.level().startsWith("三级") ? m.large() : m.small();
                    if (round < wanted && units.size() < UNITS) {
                        units.add(unit(table, h, m));
                    }
                }
            }
            if (round > 100) {
                throw new IllegalStateException("The catalogue does not add up to " + UNITS + " units");
            }
        }
        table.write(c);
        return units;
    }

    private DemoUnit unit(DemoTable table, DemoRegion.Member h, DemoModels.Model m) {
        int number = numbers.merge(h.key() + m.prefix(), 1, Integer::sum);
        String tag = String.format(Locale.ROOT, "%s-%s-%04d", h.key().toUpperCase(Locale.ROOT), m.prefix(), number);
        UUID id = DemoIds.of("unit", tag);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate acquired = today.minusDays(60 + DemoIds.number("age" + tag, m.lifeYears() * 300));
        String serial =
                String.format(Locale.ROOT, "SN%d%06d", acquired.getYear(), DemoIds.number("sn" + tag, 1_000_000));
        serial = serial + number;
        int luck = DemoIds.number("luck" + tag, 100);
        String gtin = gtin(DemoModels.ALL.indexOf(m) + 1);
        String label = label(tag);
        boolean far = !List.of("330102", "330103", "330104", "330105", "330106", "330108")
                .contains(h.region());
        String service = far ? "jieli" : "anxin";
        String status = luck < 3 ? "COMMISSIONED" : "AVAILABLE";
        Instant since = acquired.atTime(9, 0).toInstant(ZoneOffset.UTC);
        table.add(
                id,
                DemoIds.of("model", m.key()),
                orgId(h),
                orgId(h),
                DemoIds.of("org", service),
                m.department(),
                serial,
                "(01)" + gtin + "(21)" + serial,
                acquired.minusDays(40),
                tag,
                label,
                status,
                luck < 55 ? "GOOD" : luck < 80 ? "FAIR" : luck < 96 ? "NEW" : "POOR",
                m.criticality(),
                h.region(),
                h.addressZh(),
                h.latitude(),
                h.longitude(),
                acquired,
                m.costWan() * 1_000_000L,
                acquired.plusYears(3),
                String.join(
                                " ",
                                tag,
                                serial,
                                m.nameZh(),
                                m.nameEn(),
                                member(m.supplier()).nameZh(),
                                m.number(),
                                gtin,
                                m.department(),
                                h.addressZh(),
                                label)
                        .toLowerCase(Locale.ROOT),
                since,
                since);
        return new DemoUnit(id, h, m, tag, serial, service, status, acquired);
    }

    /** Patients of the owner: three and a half hours of a ten-hour day on the scanners, so that idle time shows. */
    void clinicalUse(List<DemoUnit> units, DemoCalendar calendar) {
        LocalDate today = LocalDate.ofInstant(now, CHINA);
        for (DemoUnit u : units) {
            if (!u.model().shared() || u.model().costWan() < 100) {
                continue;
            }
            for (int day = -30; day <= 14; day++) {
                LocalDate date = today.plusDays(day);
                int chance = DemoIds.number(u.tag() + date, 10);
                if (date.getDayOfWeek().getValue() > 5 || chance < 2) {
                    continue;
                }
                Instant from = date.atTime(8, 0).atZone(CHINA).toInstant();
                Instant to = from.plusSeconds(3600L * (2 + chance % 4));
                DemoCalendar.Use use = new DemoCalendar.Use(
                        u.id(),
                        from,
                        to,
                        "CLINICAL",
                        DemoIds.of("use", u.tag() + "/" + date),
                        orgId(u.owner()),
                        "",
                        from.minusSeconds(86_400));
                calendar.take(use, to.isBefore(now) ? "CONSUMED" : "BOOKED", null);
            }
        }
    }

    static DemoRegion.Member member(String key) {
        return DemoRegion.MEMBERS.stream()
                .filter(m -> m.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    static List<DemoRegion.Member> hospitals() {
        return DemoRegion.MEMBERS.stream()
                .filter(m -> m.kind().equals("HOSPITAL"))
                .toList();
    }

    /** Adds one row to a batch. */
    static void add(PreparedStatement s, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            s.setObject(i + 1, values[i]);
        }
        s.addBatch();
    }

    private static String gtin(int number) {
        String body = String.format(Locale.ROOT, "0690000%06d", number * 101);
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            sum += (body.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return body + (10 - sum % 10) % 10;
    }

    /** A label code that is the same at every start; real ones are random (see the equipment area). */
    private static String label(String tag) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            code.append(CODE.charAt(DemoIds.number("label" + i + tag, CODE.length())));
        }
        int sum = 0;
        for (int i = 0; i < code.length(); i++) {
            int product = ((code.length() - i) % 2 == 1 ? 2 : 1) * CODE.indexOf(code.charAt(i));
            sum += product / CODE.length() + product % CODE.length();
        }
        return code.append(CODE.charAt((CODE.length() - sum % CODE.length()) % CODE.length()))
                .toString();
    }

    /** Who signs the import: the health regulator. */
    static UUID regulator() {
        return DemoIds.of("org", "health");
    }
}
