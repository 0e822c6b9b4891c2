package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the members came to be: their first reviews, the applications that wait today, and who may operate what. */
final class DemoMembers {

    /** Organisations that want to join; nobody has agreed yet. */
    private static final List<Applicant> APPLICANTS = List.of(
            new Applicant("kouqiang", "HOSPITAL", "云栖口腔医院", "Yunqi Dental Hospital", "330106", "SUBMITTED", 7),
            new Applicant(
                    "mingyuan", "SUPPLIER", "明远康复器械有限公司", "Mingyuan Rehabilitation Devices", "330110", "SUBMITTED", 27),
            new Applicant("huakang", "HOSPITAL", "华康血液透析中心", "Huakang Dialysis Centre", "330104", "REVIEWING", 50),
            new Applicant(
                    "yuanhang", "CARRIER", "远航冷链物流有限公司", "Yuanhang Cold Chain Logistics", "330113", "CORRECTION", 96),
            new Applicant("zhixiu", "SERVICE", "智修医疗技术服务有限公司", "Zhixiu Medical Service", "330109", "REJECTED", 900));

    private static final List<String> DOCTORS = List.of("CT", "MRI", "ULTRASOUND", "VENTILATOR", "XRAY");
    private static final List<String> ENGINEERS =
            List.of("VENTILATOR", "INFUSION_PUMP", "DEFIBRILLATOR", "INCUBATOR", "ULTRASOUND");

    private final Connection c;
    private final Instant now;
    private final LocalDate today;
    private final DemoTable reviews = new DemoTable(
            "organisation.review",
            "id,org_id,kind,status,submitted_by,submitted_at,claimed_by,claimed_at,correction_reason,correction_due,rounds,"
                    + "decided_by,decided_at,reason");

    DemoMembers(Connection c, Instant now, LocalDate today) {
        this.c = c;
        this.now = now;
        this.today = today;
    }

    private record Applicant(
            String key, String kind, String nameZh, String nameEn, String region, String status, int hoursAgo) {}

    /** @param hash of the demo's password */
    void fill(String hash) throws SQLException {
        applicants(hash);
        for (DemoRegion.Member m : DemoRegion.MEMBERS) {
            if (!List.of("PLATFORM", "REGULATOR").contains(m.kind())) {
                Instant submitted = DemoData.SINCE.plus(2 + DemoIds.number("since" + m.key(), 90), ChronoUnit.HOURS);
                review(m.key(), "INITIAL", "APPROVED", submitted, submitter(m));
            }
        }
        review("kangfu", "RENEWAL", "SUBMITTED", now.minus(11, ChronoUnit.HOURS), DemoIds.of("person", "kangfu.admin"));
        reviews.write(c);
        competences();
    }

    private static UUID submitter(DemoRegion.Member m) {
        String post =
                switch (m.kind()) {
                    case "SUPPLIER" -> "sales";
                    case "CARRIER" -> "driver";
                    case "RECYCLER" -> "agent";
                    default -> "admin";
                };
        return DemoIds.of("person", m.key() + "." + post);
    }

    private void applicants(String hash) throws SQLException {
        DemoTable orgs = new DemoTable(
                "organisation.organisation",
                "id,kind,name_zh,name_en,credit_code,region_code,address,status,created_at,contact_name,phone,email");
        DemoTable people = new DemoTable("organisation.person", "id,username,name,email,password_hash,created_at");
        DemoTable members = new DemoTable("organisation.membership", "person_id,org_id,department,roles,since");
        int number = 500;
        for (Applicant a : APPLICANTS) {
            Instant at = now.minus(a.hoursAgo, ChronoUnit.HOURS);
            UUID org = DemoIds.of("org", a.key);
            UUID person = DemoIds.of("person", a.key + ".admin");
            String name = DemoIds.personName(a.key + ".admin");
            orgs.add(
                    org,
                    a.kind,
                    a.nameZh,
                    a.nameEn,
                    DemoIds.creditCode(a.region, number++),
                    a.region,
                    "云栖市",
                    a.status,
                    at.minus(5, ChronoUnit.HOURS),
                    name,
                    "0571-8800" + number,
                    a.key + "@example.org");
            people.add(person, a.key + ".admin", name, a.key + "@example.org", hash, at.minus(5, ChronoUnit.HOURS));
            members.add(person, org, "综合部", List.of("ORG_ADMIN"), at.minus(5, ChronoUnit.HOURS));
            review(a.key, "INITIAL", a.status, at, person);
        }
        orgs.write(c);
        people.write(c);
        members.write(c);
    }

    private void review(String key, String kind, String status, Instant submitted, UUID by) {
        boolean claimed = !status.equals("SUBMITTED");
        boolean decided = status.equals("APPROVED") || status.equals("REJECTED");
        boolean asked = status.equals("CORRECTION");
        reviews.add(
                DemoIds.at(submitted, "review", key + kind),
                DemoIds.of("org", key),
                kind,
                status,
                by,
                submitted,
                claimed ? reviewer("platform.reviewer") : null,
                claimed ? submitted.plus(3, ChronoUnit.HOURS) : null,
                asked ? "道路运输经营许可证扫描件不清晰，请重新上传" : "",
                asked ? submitted.plus(4, ChronoUnit.HOURS).plus(10, ChronoUnit.DAYS) : null,
                asked ? 1 : 0,
                decided ? reviewer("platform.reviewer2") : null,
                decided ? submitted.plus(26, ChronoUnit.HOURS) : null,
                status.equals("REJECTED") ? "维修服务授权已过期，且未能补正" : "");
    }

    private static @Nullable UUID reviewer(String username) {
        return DemoIds.of("person", username);
    }

    /** Doctors for what they examine with, equipment departments for the rest; a few certificates end soon or have ended. */
    private void competences() throws SQLException {
        DemoTable table = new DemoTable(
                "organisation.competence",
                "id,org_id,person_id,category,certificate,valid_from,valid_to,added_by,added_at");
        for (DemoRegion.Member h : DemoEquipment.hospitals()) {
            for (String category : DOCTORS) {
                competence(table, h, "doctor", category);
            }
            for (String category : ENGINEERS) {
                competence(table, h, "equipment", category);
            }
        }
        table.write(c);
    }

    private void competence(DemoTable table, DemoRegion.Member h, String post, String category) {
        String key = h.key() + post + category;
        int luck = DemoIds.number("certificate" + key, 20);
        LocalDate to = luck == 0
                ? today.minusDays(12)
                : luck < 3 ? today.plusDays(9L + luck * 8L) : today.plusDays(120L + luck * 31L);
        table.add(
                DemoIds.of("competence", key),
                DemoIds.of("org", h.key()),
                DemoIds.of("person", h.key() + "." + post),
                category,
                "YQ-" + category.charAt(0) + DemoIds.number("number" + key, 100_000),
                to.minusYears(2),
                to,
                DemoIds.of("person", h.key() + ".admin"),
                to.minusYears(2).atStartOfDay(DemoEquipment.CHINA).toInstant());
    }
}
