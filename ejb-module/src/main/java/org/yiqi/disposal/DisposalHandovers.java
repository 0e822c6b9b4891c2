package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Subject;
import org.yiqi.disposal.DisposalView.Material;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The unit's last way: sold by an act that both sign, handed over by another, and certified by the recycler, after which its
 * history is closed. The sale goes onto the ledger once it is paid, because there it cannot be undone.
 */
@Stateless
@Secured
public class DisposalHandovers {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A device weighs what its class weighs, give or take. */
    private static final int HEAVIEST_PERCENT = 110;

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    Sanitisation sanitisation;

    @Inject
    ProposedActs proposed;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** The certificate of a unit's end. */
    public record EndCertificate(Outcome outcome, String number, List<Material> materials) {

        public EndCertificate {
            materials = List.copyOf(materials);
        }
    }

    /**
     * The owner signs the sale; it waits for the recycler's signature.
     *
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.act-waiting}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView award(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.PAID);
        store.refuseOthers(disposal);
        proposed.refuseWaiting(disposal);
        Money price = disposal.price();
        if (price == null) {
            throw new Conflict("disposal.wrong-state", "Nobody has bought the unit");
        }
        proposed.propose(
                disposal,
                new NewAct(
                        "disposal.awarded",
                        Subject.disposal(id),
                        clock.instant(),
                        ProposedActs.bothSides(disposal),
                        Map.of(
                                "amount", Long.toString(price.minor()),
                                "currency", price.currency(),
                                "unit", disposal.unitId().toString()),
                        List.of(),
                        id));
        return store.get(id);
    }

    /**
     * The owner hands the unit over and signs; custody waits for the recycler's signature.
     *
     * @throws Conflict {@code disposal.not-sanitised} naming what is missing, {@code disposal.wrong-state}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView handOver(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.AWARDED);
        store.refuseOthers(disposal);
        proposed.refuseWaiting(disposal);
        List<String> missing = sanitisation.missing(disposal);
        if (!missing.isEmpty()) {
            throw new Conflict("disposal.not-sanitised", "Certificates are missing; the unit stays")
                    .with("missing", missing);
        }
        proposed.propose(
                disposal,
                NewAct.accepted(
                        disposal.unitId(),
                        disposal.organisationId(),
                        ProposedActs.recycler(disposal),
                        clock.instant(),
                        id));
        audit.write("disposal.handover-signed", id.toString(), Map.of());
        return store.get(id);
    }

    /**
     * The recycler says what became of the unit, and signs; with that its history is closed for ever.
     *
     * @throws RuleViolation {@code disposal.end-invalid}, {@code disposal.too-heavy}
     * @throws Conflict {@code disposal.wrong-state}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView certify(UUID id, EndCertificate certificate) {
        DisposalView disposal = store.in(id, DisposalState.HANDED_OVER);
        if (!caller.orgId().equals(disposal.recyclerId())) {
            throw new NotPermitted("disposal.recycler-only", "Only the recycler who has the unit certifies its end");
        }
        proposed.refuseWaiting(disposal);
        check(disposal, certificate);
        Instant now = clock.instant();
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        String text = text(disposal, certificate);
        sql.update("delete from disposal.material where disposal_id = ?", id);
        for (Material m : certificate.materials()) {
            sql.update(
                    "insert into disposal.material values (?,?,?)",
                    id,
                    m.material().name(),
                    m.grams());
        }
        sql.update(
                "update disposal.disposal set outcome = ?, certificate_salt = ?, certificate_text = ? where id = ?",
                certificate.outcome().name(),
                salt,
                text,
                id);
        audit.write(
                "disposal.end-certified",
                id.toString(),
                Map.of("outcome", certificate.outcome().name()));
        proposed.propose(
                disposal,
                new NewAct(
                        "disposal.certified",
                        Subject.disposal(id),
                        now,
                        ProposedActs.bothSides(disposal),
                        Map.of(
                                "outcome",
                                certificate.outcome().name(),
                                "unit",
                                disposal.unitId().toString()),
                        List.of(new Evidence("certificate", "SHA-256", digest(salt, text))),
                        id));
        return store.get(id);
    }

    private static void check(DisposalView disposal, EndCertificate certificate) {
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
