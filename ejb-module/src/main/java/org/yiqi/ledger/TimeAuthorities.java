package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPUtil;
import org.yiqi.contract.Act;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.contract.TimeAuthority;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Whose word on time counts for bids. A regulator puts authorities on the ledger and takes them off; everybody sees them. */
@Stateless
@Secured
public class TimeAuthorities {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PEM_LINES = Pattern.compile("-----[A-Z ]+-----");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    RemoteTime remote;

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** All authorities that the ledger has or had, those that count first. */
    @RolesAllowed("**")
    public List<TimeAuthorityView> all() {
        return LedgerWide.on(dataSource, c -> LedgerQueries.authorities(new JdbcLedgerState(c))).stream()
                .map(TimeAuthorities::view)
                .sorted((a, b) -> a.state() == b.state()
                        ? a.name().compareTo(b.name())
                        : a.state().compareTo(b.state()))
                .toList();
    }

    /** Authorities that answer at the configured addresses and are not on the ledger: a regulator compares and registers them. */
    @RolesAllowed(Roles.REGULATOR)
    public List<TimeAuthorityView> shown() {
        List<String> known = all().stream().map(TimeAuthorityView::id).toList();
        UUID own = caller.orgId();
        return remote.certificates().stream()
                .map(certificate -> new TimeAuthority(
                        Act.sha256(Base64.getDecoder().decode(certificate)), own, certificate, true, false))
                .map(authority -> view(authority, TimeAuthorityView.State.SHOWN))
                .filter(authority -> !known.contains(authority.id()))
                .toList();
    }

    /**
     * Puts an authority on the ledger, signed by the caller's organisation, which is a regulator.
     *
     * @param certificate X.509 in Base64, with or without PEM lines; this very certificate signs the tokens
     * @return the act
     * @throws RuleViolation {@code ledger.not-a-time-certificate}
     * @throws Conflict {@code ledger.authority-known}, {@code ledger.chain-reserved}
     * @throws NotPermitted {@code ledger.regulators-time}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public ActView register(String certificate) {
        UUID org = regulator();
        byte[] der = timeCertificate(certificate);
        if (all().stream().anyMatch(known -> known.id().equals(Act.sha256(der)))) {
            throw new Conflict("ledger.authority-known", "This authority is on the ledger, or was taken off it");
        }
        return acts.get(acts.propose(registration(org, Base64.getEncoder().encodeToString(der), clock.instant())));
    }

    /**
     * From the act's recording on no token of that authority counts.
     *
     * @param reason a code in capitals
     * @throws NotFound {@code ledger.authority-not-found}
     * @throws NotPermitted {@code ledger.regulators-time}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public ActView revoke(String id, String reason) {
        UUID regulator = regulator();
        TimeAuthorityView authority = all().stream()
                .filter(known -> FINGERPRINT.matcher(id).matches()
                        && known.id().equals(id)
                        && known.state() == TimeAuthorityView.State.ACTIVE)
                .findFirst()
                .orElseThrow(() -> new NotFound("ledger.authority-not-found", "No such authority counts"));
        return acts.get(acts.propose(act(
                "org.authority-revoked",
                authority.org(),
                regulator,
                Map.of("authority", id, "reason", reason),
                clock.instant())));
    }

    /** A regulator's act that puts its own authority on the ledger. */
    static NewAct registration(UUID regulator, String certificate, Instant at) {
        return act("org.authority-registered", regulator, regulator, Map.of("certificate", certificate), at);
    }

    private static NewAct act(String type, UUID org, UUID regulator, Map<String, Object> body, Instant at) {
        List<Party> parties =
                List.of(new Party(org, PartyRole.ORGANISATION), new Party(regulator, PartyRole.REGISTRAR));
        return new NewAct(type, Subject.organisation(org), at, parties, body, List.of(), null);
    }

    private UUID regulator() {
        if (!caller.has(Roles.REGULATOR)) {
            throw new NotPermitted("ledger.regulators-time", "Regulators say whose word on time counts");
        }
        return caller.orgId();
    }

    private static byte[] timeCertificate(String text) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(PEM_LINES.matcher(text).replaceAll(""));
            X509CertificateHolder holder = new X509CertificateHolder(der);
            TSPUtil.validateCertificate(holder);
            return holder.getEncoded();
        } catch (IOException | IllegalArgumentException | TSPException e) {
            throw new RuleViolation("ledger.not-a-time-certificate", "Not the certificate of a time authority", e)
                    .at("/certificate", "X.509 in Base64 or PEM, with time stamping as its one critical purpose");
        }
    }

    private static TimeAuthorityView view(TimeAuthority authority) {
        return view(authority, authority.active() ? TimeAuthorityView.State.ACTIVE : TimeAuthorityView.State.REVOKED);
    }

    private static TimeAuthorityView view(TimeAuthority authority, TimeAuthorityView.State state) {
        X509CertificateHolder holder = authority.holder();
        RDN[] names = holder.getSubject().getRDNs(BCStyle.CN);
        String name = names.length == 0
                ? holder.getSubject().toString()
                : IETFUtils.valueToString(names[0].getFirst().getValue());
        return new TimeAuthorityView(
                authority.id(),
                authority.org(),
                name,
                authority.certificate(),
                holder.getNotAfter().toInstant(),
                authority.independent(),
                state);
    }
}
