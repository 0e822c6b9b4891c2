package org.yiqi.organisation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.yiqi.organisation.domain.Totp;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The own second factor. It is begun (a secret is made and shown), confirmed by a first code (now it counts, and ten
 * recovery codes are shown once), and ended by a code, unless the organisation asks for it.
 */
@Stateless
@Secured
@RolesAllowed("**")
public class SecondFactor {

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    FactorSecrets secrets;

    @Inject
    FactorCheck check;

    @Inject
    People people;

    public State state() {
        return sql.first(
                        """
                        select p.totp_secret is not null is_on, cardinality(p.recovery_codes) codes, o.second_factor_required required
                          from organisation.person p, organisation.organisation o where p.id = ? and o.id = ?""",
                        rs -> new State(rs.getBoolean("is_on"), rs.getBoolean("required"), rs.getInt("codes")),
                        caller.personId(),
                        caller.orgId())
                .orElseGet(() -> new State(false, false, 0));
    }

    /**
     * Makes a secret, which counts only when {@link #confirm} has seen a code of it.
     *
     * @throws Conflict {@code organisation.factor-on}: end the present one first
     */
    public Enrolment begin() {
        requireOff();
        byte[] secret = secrets.random();
        UUID person = caller.personId();
        sql.update(
                "update organisation.person set totp_pending = ? where id = ?", secrets.seal(secret, person), person);
        String key = Totp.base32(secret);
        String account =
                URLEncoder.encode(caller.username(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Enrolment(
                key,
                "otpauth://totp/Yiqi:" + account + "?secret=" + key + "&issuer=Yiqi&algorithm=SHA1&digits=6&period=30");
    }

    /**
     * Switches the second factor on.
     *
     * @return the recovery codes, shown this once
     * @throws RuleViolation {@code organisation.factor-code} when the code is not the present one
     */
    public List<String> confirm(String code) {
        requireOff();
        UUID person = caller.personId();
        OptionalLong step = sql.first(
                        "select totp_pending from organisation.person where id = ? and totp_pending is not null for update",
                        rs -> Totp.match(secrets.open(rs.getBytes(1), person), code, clock.instant(), 0),
                        person)
                .orElse(OptionalLong.empty());
        if (step.isEmpty()) {
            throw wrong();
        }
        List<String> codes = RecoveryCodes.fresh();
        sql.update(
                """
                update organisation.person set totp_secret = totp_pending, totp_pending = null, totp_last_step = ?, recovery_codes = ?,
                  version = version + 1 where id = ?""",
                step.getAsLong(),
                codes.stream().map(c -> RecoveryCodes.hash(person, c)).toList(),
                person);
        audit.write("organisation.factor-on", person.toString(), Map.of());
        return codes;
    }

    /** New recovery codes; the old ones are worth nothing from now on. */
    public List<String> renewCodes(String code) {
        use(code);
        UUID person = caller.personId();
        List<String> codes = RecoveryCodes.fresh();
        sql.update(
                "update organisation.person set recovery_codes = ? where id = ?",
                codes.stream().map(c -> RecoveryCodes.hash(person, c)).toList(),
                person);
        audit.write("organisation.factor-codes-renewed", person.toString(), Map.of());
        return codes;
    }

    /** @throws Conflict {@code organisation.factor-required} while the organisation asks for it */
    public void end(String code) {
        if (state().required()) {
            throw new Conflict("organisation.factor-required", "Your organisation asks for a second factor");
        }
        use(code);
        forget(caller.personId());
        audit.write("organisation.factor-off", caller.personId().toString(), Map.of());
    }

    /** For a colleague who lost telephone and codes: they sign in by password and begin anew. */
    @RolesAllowed(Roles.ORG_ADMIN)
    public PersonView reset(UUID personId) {
        people.get(personId);
        if (personId.equals(caller.personId())) {
            throw new NotPermitted("organisation.own-rights", "Nobody resets the own second factor");
        }
        forget(personId);
        audit.write("organisation.factor-reset", personId.toString(), Map.of());
        return people.get(personId);
    }

    /**
     * Asks all people of the organisation for a second factor, or no longer. Who has none enrols at the next page.
     *
     * @throws NotFound {@code organisation.not-found} for any organisation but the own
     * @throws Conflict {@code organisation.factor-own-first}: whoever asks others has one
     */
    @RolesAllowed(Roles.ORG_ADMIN)
    public State require(UUID organisation, boolean required) {
        if (!organisation.equals(caller.orgId())) {
            throw new NotFound("organisation.not-found", "Only the own organisation");
        }
        if (required && !state().on()) {
            throw new Conflict("organisation.factor-own-first", "Switch your own second factor on first");
        }
        sql.update(
                "update organisation.organisation set second_factor_required = ?, version = version + 1 where id = ?",
                required,
                caller.orgId());
        audit.write("organisation.factor-required-changed", caller.orgId().toString(), Map.of("required", required));
        return state();
    }

    private void forget(UUID person) {
        sql.update(
                "update organisation.person set totp_secret = null, totp_pending = null, recovery_codes = '{}', version = version + 1 where id = ?",
                person);
    }

    private void use(String code) {
        if (!sql.with(c -> check.use(c, caller.personId(), code))) {
            throw wrong();
        }
    }

    private void requireOff() {
        if (state().on()) {
            throw new Conflict("organisation.factor-on", "A second factor is on; end it first");
        }
    }

    private static RuleViolation wrong() {
        return new RuleViolation("organisation.factor-code", "Not the present code").at("/code", "six digits of now");
    }

    /**
     * How the caller's account is protected.
     *
     * @param required whether the organisation asks for it
     */
    public record State(boolean on, boolean required, int recoveryCodesLeft) {}

    /** What the authenticator is given: the secret to type, or the address that the QR code holds. */
    public record Enrolment(String secret, String uri) {}
}
