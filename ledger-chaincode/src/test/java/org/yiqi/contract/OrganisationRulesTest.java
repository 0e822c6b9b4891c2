package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.yiqi.contract.Consortium.handover;
import static org.yiqi.contract.Consortium.owner;
import static org.yiqi.contract.Consortium.signed;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrganisationRulesTest {

    private final Consortium c = new Consortium();

    private void refused(Refusal refusal, Act act, Consortium.Org... signers) {
        assertEquals(new Outcome(act.id(), Outcome.Status.REJECTED, refusal), c.record(act, signers));
    }

    private void recorded(Act act, Consortium.Org... signers) {
        c.expectRecorded(signed(act, signers));
    }

    private Act revoked(Consortium.Org org, Party... more) {
        Party[] parties = new Party[more.length + 1];
        parties[0] = new Party(org.id, PartyRole.ORGANISATION);
        System.arraycopy(more, 0, parties, 1, more.length);
        return c.act(
                "org.key-revoked",
                Subject.organisation(org.id),
                Map.of("keyId", org.key.keyId(), "reason", "LOST"),
                parties);
    }

    private Act standing(String type, Consortium.Org org, Consortium.Org by) {
        return c.act(
                type,
                Subject.organisation(org.id),
                Map.of("reason", "LICENCE_WITHDRAWN"),
                new Party(by.id, PartyRole.REGULATOR));
    }

    @Test
    void aHospitalCannotBringInAnother() {
        refused(Refusal.NOT_ENTITLED, c.registered(new UUID(1, 1), OrganisationKind.HOSPITAL, c.people), c.people);
    }

    @Test
    void thePlatformCannotMakeARegulator() {
        UUID org = new UUID(1, 1);
        refused(Refusal.NOT_ENTITLED, c.registered(org, OrganisationKind.REGULATOR, c.platform), c.platform);
        recorded(c.registered(org, OrganisationKind.REGULATOR, c.regulator), c.regulator);
    }

    @Test
    void anOrganisationIsRegisteredOnce() {
        refused(
                Refusal.ORGANISATION_KNOWN,
                c.registered(c.people.id, OrganisationKind.HOSPITAL, c.platform),
                c.platform);
    }

    @Test
    void whoBringsInAKeyMustHaveItsPrivateHalf() {
        Consortium.Org fresh = new Consortium.Org(50, SignatureAlgorithm.SM2_SM3);
        recorded(c.registered(fresh.id, OrganisationKind.CARRIER, c.platform), c.platform);
        refused(Refusal.MISSING_SIGNATURE, c.keyRegistered(fresh, c.platform), c.platform);
        recorded(c.keyRegistered(fresh, c.platform), c.platform, fresh);
    }

    @Test
    void whoHoldsAKeyDecidesAboutTheNextOne() {
        Consortium.Org old = new Consortium.Org(3, SignatureAlgorithm.SM2_SM3);
        old.pair = c.people.pair;
        old.key = c.people.key;
        c.people.newKey();
        refused(Refusal.NOT_ENTITLED, c.keyRegistered(c.people, c.platform), c.platform, c.people);
        refused(Refusal.NOT_ENTITLED, c.keyRegistered(c.people, c.regulator), c.regulator, c.people);
        recorded(c.keyRegistered(c.people, null), old, c.people);
        recorded(c.custody("custody.registered", owner(c.people)), c.people);
    }

    private Act rotated(Consortium.Org org, String replaces) {
        Map<String, Object> body = new HashMap<>(org.key.body());
        body.put("replaces", replaces);
        return c.act("org.key-rotated", Subject.organisation(org.id), body, new Party(org.id, PartyRole.ORGANISATION));
    }

    private static Consortium.Org copy(Consortium.Org org) {
        Consortium.Org copy = new Consortium.Org(3, org.alg);
        copy.pair = org.pair;
        copy.key = org.key;
        return copy;
    }

    @Test
    void aKeyIsReplacedByItsOrganisationInOneAct() {
        Consortium.Org old = copy(c.people);
        c.people.newKey();
        Act act = rotated(c.people, old.key.keyId());
        refused(Refusal.MISSING_SIGNATURE, act, old);
        refused(Refusal.MISSING_SIGNATURE, act, c.people);
        refused(Refusal.UNKNOWN_KEY, rotated(c.people, "ab".repeat(32)), old, c.people);
        recorded(act, old, c.people);
        refused(Refusal.REVOKED_KEY, c.custody("custody.registered", owner(c.people)), old);
        recorded(c.custody("custody.registered", owner(c.people)), c.people);
    }

    @Test
    void whoHoldsItsKeyLeavesNoneWithThePlatform() {
        Consortium.Org held = copy(c.people);
        c.people.pair = c.people.alg.newKeyPair(new SecureRandom());
        c.people.key = OrganisationKey.of(
                c.people.id, c.people.alg, c.people.pair.getPublic().getEncoded(), OrganisationKey.Custody.MANAGED);
        refused(Refusal.MIXED_CUSTODY, c.keyRegistered(c.people, null), held, c.people);
        recorded(rotated(c.people, held.key.keyId()), held, c.people);
        refused(Refusal.REVOKED_KEY, c.custody("custody.registered", owner(c.people)), held);
    }

    @Test
    void afterARevocationOnlyARegulatorVouchesForANewKey() {
        recorded(revoked(c.people), c.people);
        c.people.newKey();
        refused(Refusal.NOT_ENTITLED, c.keyRegistered(c.people, c.platform), c.platform, c.people);
        recorded(c.keyRegistered(c.people, c.regulator), c.regulator, c.people);
    }

    @Test
    void aRevokedKeySignsNothing() {
        recorded(revoked(c.people), c.people);
        refused(Refusal.REVOKED_KEY, c.custody("custody.registered", owner(c.people)), c.people);
        refused(Refusal.REVOKED_KEY, revoked(c.people), c.people);
        assertFalse(LedgerQueries.keys(c.people.id, c.state).get(0).active());
    }

    @Test
    void thePlatformCannotRevokeAHospitalsKey() {
        refused(Refusal.NOT_ENTITLED, revoked(c.people, new Party(c.platform.id, PartyRole.REGULATOR)), c.platform);
        recorded(revoked(c.people, new Party(c.regulator.id, PartyRole.REGULATOR)), c.regulator);
    }

    @Test
    void aSuspendedOrganisationCanOnlyGiveBack() {
        c.registerUnit();
        recorded(c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union);
        refused(Refusal.NOT_ENTITLED, standing("org.suspended", c.union, c.platform), c.platform);
        recorded(standing("org.suspended", c.union, c.regulator), c.regulator);
        refused(Refusal.SUSPENDED, standing("org.suspended", c.union, c.regulator), c.regulator);
        refused(Refusal.SUSPENDED, c.custody("custody.offered", handover(c.union, c.supplier)), c.union);
        recorded(c.custody("custody.returned", handover(c.union, c.people)), c.union, c.people);
        recorded(standing("org.reinstated", c.union, c.regulator), c.regulator);
        refused(Refusal.NOT_SUSPENDED, standing("org.reinstated", c.union, c.regulator), c.regulator);
        recorded(c.custody("custody.offered", handover(c.people, c.union)), c.people);
    }

    @Test
    void aKeyThatIsNotWhatItsIdSaysIsRefused() {
        Consortium.Org fresh = new Consortium.Org(50, SignatureAlgorithm.SM2_SM3);
        recorded(c.registered(fresh.id, OrganisationKind.CARRIER, c.platform), c.platform);
        Map<String, Object> body = new HashMap<>(fresh.key.body());
        body.put("publicKey", c.people.key.publicKey());
        Act act = c.act(
                "org.key-registered",
                Subject.organisation(fresh.id),
                body,
                new Party(fresh.id, PartyRole.ORGANISATION),
                Consortium.registrar(c.platform));
        refused(Refusal.WRONG_BODY, act, c.platform, fresh);
    }
}
