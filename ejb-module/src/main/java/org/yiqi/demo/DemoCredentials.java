package org.yiqi.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.yiqi.shared.db.Sql;

/** The credentials that the demo's organisations were approved with: most are good for years, two end soon. */
final class DemoCredentials {

    /** Members whose licence is in the renewal queue. */
    private static final List<String> ENDING = List.of("kangfu", "jieli");

    private DemoCredentials() {}

    static void write(Connection c, Instant since, LocalDate today) throws SQLException {
        List<Rule> rules = new ArrayList<>();
        try (var s = c.createStatement();
                var rs = s.executeQuery(
                        "select kind, credential_type from organisation.credential_rule where mandatory or kind = 'HOSPITAL' order by 1, 2")) {
            while (rs.next()) {
                rules.add(new Rule(rs.getString(1), rs.getString(2)));
            }
        }
        for (DemoRegion.Member member : DemoRegion.MEMBERS) {
            for (Rule rule : rules) {
                if (rule.kind.equals(member.kind())) {
                    add(c, member, rule.type, since, today);
                }
            }
        }
    }

    private static void add(Connection c, DemoRegion.Member member, String type, Instant since, LocalDate today)
            throws SQLException {
        UUID org = DemoIds.of("org", member.key());
        UUID by = DemoIds.of("person", member.key() + ".admin");
        String number = type.charAt(0)
                + member.region()
                + String.format("%06d", DemoIds.number(member.key() + type, 1_000_000));
        byte[] pdf = pdf(number);
        String sha256 = sha256(pdf);
        UUID document = DemoIds.of("document", member.key() + type);
        LocalDate ends = ENDING.contains(member.key())
                ? today.plusDays(5L + DemoIds.number(member.key(), 20))
                : LocalDate.of(2029, 12, 31);
        try (var s = c.prepareStatement(
                "insert into organisation.document(id, org_id, name, content_type, size, sha256, content, added_by, added_at) values (?,?,?,'application/pdf',?,?,?,?,?)")) {
            Sql.bind(c, s, document, org, number + ".pdf", pdf.length, sha256, pdf, by, since);
            s.executeUpdate();
        }
        try (var s = c.prepareStatement("""
                insert into organisation.credential(id, org_id, credential_type, number, issuer, valid_from, valid_to, document_id, sha256, added_at, verified_at)
                values (?,?,?,?,?,?,?,?,?,?,?)""")) {
            Sql.bind(
                    c,
                    s,
                    DemoIds.of("credential", member.key() + type),
                    org,
                    type,
                    number,
                    type.equals("PRACTICE_LICENCE") ? "云栖省卫生健康委员会" : "云栖省市场监督管理局",
                    LocalDate.of(2024, 1, 1),
                    ends,
                    document,
                    sha256,
                    since,
                    since);
            s.executeUpdate();
        }
    }

    /** The smallest page that a viewer opens. */
    private static byte[] pdf(String text) {
        String stream = "BT /F1 24 Tf 72 720 Td (" + text + ") Tj ET";
        String body = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                + "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
                + "4 0 obj<</Length " + stream.length() + ">>stream\n" + stream + "\nendstream endobj\n"
                + "trailer<</Root 1 0 R/Size 5>>\n%%EOF\n";
        return body.getBytes(StandardCharsets.US_ASCII);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Rule(String kind, String type) {}
}
