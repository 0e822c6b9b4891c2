package org.yiqi.disposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.disposal.DisposalHandovers.EndCertificate;
import org.yiqi.disposal.DisposalView.Material;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;

/** What a certificate of a unit's end must say, how it is kept, and the act that its digest stands in. */
@ApplicationScoped
class EndCertificates {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A device weighs what its class weighs, give or take. */
    private static final int HEAVIEST_PERCENT = 110;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    void keep(DisposalView disposal, EndCertificate certificate) {
        UUID id = disposal.id();
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        sql.update("delete from disposal.material where disposal_id = ?", id);
        for (Material m : certificate.materials()) {
            sql.update(
                    "insert into disposal.material values (?,?,?)",
                    id,
                    m.material().name(),
                    m.grams());
        }
        sql.update(
                "update disposal.disposal set outcome = ?, certificate_salt = ?, certificate_text = ?, end_number = ? where id = ?",
                certificate.outcome().name(),
                salt,
                text(disposal, certificate),
                certificate.number().strip(),
                id);
    }

    /** The act of the certificate that was kept. */
    NewAct act(DisposalView disposal, Outcome outcome) {
        String digest = sql.first(
                        "select certificate_salt, certificate_text from disposal.disposal where id = ? and certificate_text is not null",
                        rs -> digest(rs.getBytes("certificate_salt"), rs.getString("certificate_text")),
                        disposal.id())
                .orElseThrow(() -> new Conflict("disposal.wrong-state", "No certificate was drawn up"));
        UUID recycler = disposal.recyclerId();
        if (recycler == null) {
            throw new Conflict("disposal.wrong-state", "No recycler takes the unit");
        }
        return new NewAct(
                "disposal.certified",
                Subject.disposal(disposal.id()),
                clock.instant(),
                List.of(new Party(disposal.organisationId(), PartyRole.OWNER), new Party(recycler, PartyRole.RECYCLER)),
                Map.of("outcome", outcome.name(), "unit", disposal.unitId().toString()),
                List.of(new Evidence("certificate", "SHA-256", digest)),
                disposal.id());
    }

    /**
     * @throws RuleViolation {@code disposal.end-invalid} naming each field, {@code disposal.too-heavy}
     */
    static void check(DisposalView disposal, EndCertificate certificate) {
        RuleViolation refusal = new RuleViolation("disposal.end-invalid", "The certificate does not say enough");
        if (certificate.number().isBlank() || certificate.number().length() > 80) {
            refusal.at("/number", "1 to 80 characters");
        }
        boolean whole = certificate.outcome() == Outcome.REUSED;
        if (!whole && certificate.materials().isEmpty()) {
            refusal.at("/materials", "what the unit gave, by weight");
        }
        Set<MaterialKind> seen = new HashSet<>();
        long grams = 0;
        for (int i = 0; i < certificate.materials().size(); i++) {
            Material m = certificate.materials().get(i);
            if (m.grams() < 1 || m.grams() > 100_000_000L) {
                refusal.at("/materials/" + i + "/grams", "1 to 100000000");
            } else {
                grams += m.grams();
            }
            if (!seen.add(m.material())) {
                refusal.at("/materials/" + i + "/material", "each once");
            }
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
        long most = DisposalApprovals.valuation(disposal).weightKg() * 1000L * HEAVIEST_PERCENT / 100;
        if (grams > most) {
            throw new RuleViolation("disposal.too-heavy", "The materials weigh more than the unit")
                    .at("/materials", "together at most " + most + " g");
        }
    }

    private static String text(DisposalView disposal, EndCertificate certificate) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("disposal", disposal.id().toString());
        tree.put("unit", disposal.unitId().toString());
        tree.put("outcome", certificate.outcome().name());
        tree.put("number", certificate.number().strip());
        Map<String, Object> materials = new TreeMap<>();
        certificate.materials().forEach(m -> materials.put(m.material().name(), Long.toString(m.grams())));
        tree.put("materials", materials);
        DisposalView.Route route = disposal.route();
        if (route != null && !route.parts().isEmpty()) {
            tree.put(
                    "parts",
                    route.parts().stream()
                            .map(p -> Map.of(
                                    "number", p.number(),
                                    "quantity", Integer.toString(p.quantity()),
                                    "serial", p.serial()))
                            .toList());
        }
        return CanonicalJson.write(tree);
    }

    private static String digest(byte[] salt, String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
