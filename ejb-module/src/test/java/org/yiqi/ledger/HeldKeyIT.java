package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** An organisation that holds its own key, and a platform that would like to speak for it. */
class HeldKeyIT {

    @TempDir
    Path dataDir;

    private final LedgerFixture ledger = new LedgerFixture();
    private final TestServices services = new TestServices(ledger.db)
            .with(ActWriter.class, ledger.writer)
            .with(KeyChanges.class, new KeyChanges(ledger.keys, ledger.writer, Clock.systemUTC()))
            .with(Clock.class, Clock.systemUTC());
    private final Acts acts = services.get(Acts.class);
    private final OrganisationKeys keys = services.get(OrganisationKeys.class);
    private final UUID unit = Ids.next();
    private UUID org;
    private UUID partner;
    private KeyPair pair;

    @BeforeEach
    void twoHospitalsOfWhichOneHoldsItsKey() throws SQLException {
        org = ledger.db.organisation("HOSPITAL");
        partner = ledger.db.organisation("HOSPITAL");
        ledger.relayAll(dataDir);
        pair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
        prove(bring(pair), pair);
        ledger.relayAll(dataDir);
    }

    private KeyView bring(KeyPair fresh) {
        return services.as(
                org,
                () -> keys.bring(
                        SignatureAlgorithm.SM2_SM3, encoded(fresh.getPublic().getEncoded())));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Signs the act that brings the key in with the key itself. */
    private void prove(KeyView key, KeyPair with) throws SQLException {
        UUID act = key.actId();
        if (act == null) {
            throw new AssertionError("no act brings this key in");
        }
        post(act, with);
    }

    private void post(UUID act, KeyPair with) throws SQLException {
        SignedAct waiting = ledger.act(act).signed();
        ActSignature signature = ActSignature.by(
                org,
                OrganisationKey.fingerprint(with.getPublic().getEncoded()),
                SignatureAlgorithm.SM2_SM3,
                with.getPrivate().getEncoded(),
                waiting.act());
        services.as(org, () -> {
            acts.addSignature(act, signature);
            return true;
        });
    }

    private KeyView newest() {
        return services.as(org, () -> keys.of(org)).get(0);
    }

    private static String codeOf(Class<? extends BusinessException> type, org.junit.jupiter.api.function.Executable e) {
        return assertThrows(type, e).code();
    }

    @Test
    void aHeldKeyIsOnTheLedgerOnceItHasProvenItself() throws SQLException {
        assertEquals(KeyView.State.VALID, newest().state());
        assertEquals("HELD", newest().custody());
        List<OrganisationKey> known =
                ledger.db.inScope(Scope.SYSTEM, c -> LedgerQueries.keys(org, new JdbcLedgerState(c)));
        assertEquals(
                List.of(OrganisationKey.Custody.HELD),
                known.stream()
                        .filter(OrganisationKey::active)
                        .map(OrganisationKey::custody)
                        .toList());
    }

    @Test
    void aKeyThatNobodyHasProvenSignsNothing() throws SQLException {
        KeyPair fresh = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
        KeyView waiting = bring(fresh);
        assertEquals(KeyView.State.WAITING, waiting.state());
        KeyPair another = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
        assertEquals("ledger.unknown-key", codeOf(RuleViolation.class, () -> prove(waiting, another)));
        prove(waiting, fresh);
        assertEquals(ActState.WAITING_SIGNATURE, ledger.act(actOf(waiting)).state(), "the key before it signs too");
        prove(waiting, pair);
        assertEquals(KeyView.State.VALID, newest().state());
        ledger.relayAll(dataDir);
        assertEquals(ActState.RECORDED, ledger.act(actOf(waiting)).state());
    }

    private static UUID actOf(KeyView key) {
        return Optional.ofNullable(key.actId()).orElseThrow();
    }

    @Test
    void whateverNeedsItsSignatureWaitsAndKeepsItsPlace() throws SQLException {
        UUID registered = services.as(org, () -> acts.propose(NewAct.registered(unit, org, LedgerFixture.now())));
        assertEquals(ActState.WAITING_SIGNATURE, ledger.act(registered).state());
        assertTrue(completed(registered).isEmpty());
        assertEquals(
                "ledger.chain-reserved",
                codeOf(
                        Conflict.class,
                        () -> services.as(org, () -> acts.propose(NewAct.registered(unit, org, LedgerFixture.now())))));
        post(registered, pair);
        assertEquals(1, completed(registered).size());
        UUID offered = services.as(
                org, () -> acts.propose(NewAct.accepted(unit, org, partner, LedgerFixture.now(), Ids.next())));
        services.as(partner, () -> {
            acts.sign(offered);
            return true;
        });
        assertEquals(List.of(org), ledger.act(offered).missing());
        post(offered, pair);
        ledger.relayAll(dataDir);
        assertEquals(ActState.RECORDED, ledger.act(offered).state());
    }

    private List<ActCompleted> completed(UUID act) {
        return services.events().stream()
                .filter(ActCompleted.class::isInstance)
                .map(ActCompleted.class::cast)
                .filter(each -> each.actId().equals(act))
                .toList();
    }

    @Test
    void thePlatformsServicesCannotSignForIt() throws SQLException {
        UUID act = services.as(org, () -> acts.propose(NewAct.registered(unit, org, LedgerFixture.now())));
        assertEquals(
                "ledger.key-held",
                codeOf(
                        Conflict.class,
                        () -> services.as(org, () -> {
                            acts.sign(act);
                            return true;
                        })));
        assertFalse(services.as(org, () -> acts.signIfManaged(act)));
        // A managed key in place of the held one waits for the held one's signature.
        KeyView managed = services.as(org, () -> keys.bring(null, null));
        assertEquals(KeyView.State.WAITING, managed.state());
        assertEquals(List.of(org), ledger.act(actOf(managed)).missing());
        // So does a revocation; and a stranger cannot even ask for it.
        String keyId = OrganisationKey.fingerprint(pair.getPublic().getEncoded());
        assertEquals(
                "ledger.not-your-key",
                codeOf(NotPermitted.class, () -> services.as(member(partner), () -> keys.revoke(keyId, "LOST"))));
    }

    private static YiqiPrincipal member(UUID of) {
        return new YiqiPrincipal("tester", Ids.next(), of, Scope.MEMBER, Set.of("SIGNATORY"));
    }

    @Test
    void aDatabaseAdministratorCannotSignForItEither() throws SQLException {
        // The key that the platform had for it before is of no use any more.
        OrganisationKey rogue = ledger.db.inScope(Scope.SYSTEM, c -> {
            OrganisationKey key = ledger.keys.createManaged(c, org, null, LedgerFixture.now());
            return key;
        });
        ledger.behindTheBack(
                "update ledger.organisation_key set revoked_at = now() where org_id = ? and custody = 'HELD'", org);
        ledger.behindTheBack("update ledger.organisation_key set valid_from = now() where key_id = ?", rogue.keyId());
        RuleViolation refusal = assertThrows(
                RuleViolation.class, () -> ledger.write(NewAct.registered(unit, org, LedgerFixture.now())));
        assertEquals("ledger.unknown-key", refusal.code());
        // Past the application, straight into the outbox: the ledger's own rules refuse it.
        UUID good = ledger.write(NewAct.registered(Ids.next(), partner, LedgerFixture.now()));
        UUID forged = ledger.db.inScope(Scope.SYSTEM, c -> {
            ActWriter.Draft draft = ledger.writer.draft(c, NewAct.registered(unit, org, LedgerFixture.now()));
            ActSignature signature = ledger.keys.sign(c, rogue, draft.act());
            SignedAct act = new SignedAct(draft.act(), List.of(signature));
            ActStore.insert(c, act, Set.of(), null, null, LedgerFixture.now(), LedgerFixture.now());
            return act.act().id();
        });
        ledger.relayAll(dataDir);
        assertEquals(ActState.REJECTED, ledger.act(forged).state());
        assertEquals("ledger.unknown-key", ledger.act(forged).refusal());
        assertEquals(ActState.RECORDED, ledger.act(good).state());
    }

    @Test
    void aLostKeyIsEndedByARegulatorWhoAlsoVouchesForTheNext() throws SQLException {
        UUID regulator = (UUID) ledger.value(
                "select id from organisation.organisation where kind = 'REGULATOR' order by created_at, id limit 1");
        String lost = newest().keyId();
        services.as(regulator(regulator), () -> keys.revoke(lost, "LOST"));
        assertEquals(KeyView.State.REVOKED, newest().state());
        assertEquals(
                "ledger.no-key",
                codeOf(
                        Conflict.class,
                        () -> services.as(org, () -> acts.propose(NewAct.registered(unit, org, LedgerFixture.now())))));
        KeyPair next = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
        KeyView waiting = bring(next);
        prove(waiting, next);
        assertEquals(List.of(regulator), ledger.act(actOf(waiting)).missing());
        services.as(regulator(regulator), () -> {
            acts.sign(actOf(waiting));
            return true;
        });
        ledger.relayAll(dataDir);
        assertEquals(ActState.RECORDED, ledger.act(actOf(waiting)).state());
        assertEquals(KeyView.State.VALID, newest().state());
    }

    private static YiqiPrincipal regulator(UUID id) {
        return new YiqiPrincipal("tester", Ids.next(), id, Scope.REGULATOR, Set.of("SIGNATORY", "REGULATOR"));
    }

    @Test
    void anotherKeyEncryptionKeyTakesOverEveryManagedKey() throws SQLException {
        ledger.write(NewAct.registered(unit, partner, LedgerFixture.now()));
        String fresh = Base64.getEncoder().encodeToString(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        });
        KeyStore both = new KeyStore(fresh, Optional.of(LedgerFixture.KEY));
        KeyStore only = new KeyStore(fresh, Optional.empty());
        byte[] content = {42};
        try (var c = ledger.db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            OrganisationKey key = both.active(c, partner).orElseThrow();
            assertThrows(IllegalStateException.class, () -> only.sign(c, key, content));
            both.sign(c, key, content);
            assertTrue(both.rewrap(c) > 0);
            assertEquals(0, both.rewrap(c));
            only.sign(c, key, content);
            // Undone: the other tests go on with their own key.
            c.rollback();
        }
    }
}
