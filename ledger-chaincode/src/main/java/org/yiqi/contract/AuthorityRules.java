package org.yiqi.contract;

import static org.yiqi.contract.PartyRole.ORGANISATION;
import static org.yiqi.contract.PartyRole.REGISTRAR;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Whose word on time counts for bids: authorities whose certificate a registrar has put on the ledger. One that the
 * platform runs can be registered where the platform is a registrar, which is on a local ledger only, and is marked.
 */
final class AuthorityRules {

    private static final Subject.Kind SUBJECT = Subject.Kind.ORGANISATION;

    private AuthorityRules() {}

    static List<ActRule> rules() {
        return List.of(
                new ActRule(
                                "org.authority-registered",
                                SUBJECT,
                                Set.of(ORGANISATION, REGISTRAR),
                                AuthorityRules::register)
                        .signedBy(act -> Set.of(REGISTRAR))
                        .structuredBody("certificate"),
                new ActRule("org.authority-revoked", SUBJECT, Set.of(ORGANISATION, REGISTRAR), AuthorityRules::revoke)
                        .signedBy(act -> Set.of(REGISTRAR))
                        .body("authority", "reason")
                        .evenWhileSuspended());
    }

    private static void register(Act act, Register register) {
        UUID org = entitled(act, register);
        TimeAuthority authority = TimeAuthority.of(
                org,
                new Fields(act.body()).text("certificate"),
                register.knownMember(org).kind() != OrganisationKind.PLATFORM);
        Refused.unless(register.read(authority.key(), TimeAuthority::parse) == null, Refusal.AUTHORITY_KNOWN);
        register.write(authority.key(), authority.json());
    }

    private static void revoke(Act act, Register register) {
        entitled(act, register);
        TimeAuthority authority =
                register.read(TimeAuthority.key(new Fields(act.body()).text("authority")), TimeAuthority::parse);
        if (authority == null
                || !authority.active()
                || !authority.org().equals(act.subject().id())) {
            throw new Refused(Refusal.UNKNOWN_AUTHORITY);
        }
        register.write(authority.key(), authority.revoked().json());
    }

    private static UUID entitled(Act act, Register register) {
        UUID org = act.party(ORGANISATION).orElseThrow();
        UUID registrar = act.party(REGISTRAR).orElseThrow();
        Refused.unless(org.equals(act.subject().id()), Refusal.WRONG_PARTIES);
        Refused.unless(register.knownMember(registrar).registrar(), Refusal.NOT_ENTITLED);
        return org;
    }
}
