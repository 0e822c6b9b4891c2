package org.yiqi.system.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;

/** What the peers of a real network accept and refuse when somebody with the platform's key speaks to them directly. */
class FabricContractIT {

    private static FabricRun run;
    private static DirectClient platform;
    private static final Signatories SIGNATORIES = new Signatories();

    @BeforeAll
    static void startAndFound() throws Exception {
        run = FabricRun.start("fabric", 13970, "raft1");
        platform = DirectClient.of(run.data(), "platform");
        assertThrows(
                EndorseException.class,
                () -> platform.submit(List.of(), "found", SIGNATORIES.founding().json()),
                "the platform must not be able to found the ledger with a regulator of its own making");
        try (DirectClient regulator = DirectClient.of(run.data(), "regulator")) {
            String digest =
                    regulator.submit(List.of(), "found", SIGNATORIES.founding().json());
            assertEquals(SIGNATORIES.founding().digest(), digest);
        }
        for (Signatories.Org org : List.of(SIGNATORIES.people, SIGNATORIES.union, SIGNATORIES.vendor)) {
            assertEquals(List.of("RECORDED", "RECORDED"), platform.record(SIGNATORIES.join(org)));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (platform != null) {
            platform.close();
        }
        if (run != null) {
            run.close();
        }
    }

    private static UUID registeredUnit() throws Exception {
        UUID unit = Signatories.newId();
        assertEquals(List.of("RECORDED"), platform.record(SIGNATORIES.registerUnit(unit, SIGNATORIES.people)));
        return unit;
    }

    @Test
    void everyActOfABatchHasItsOwnAnswerAndABadOneStopsNobodyElse() throws Exception {
        UUID unit = Signatories.newId();
        SignedAct registered = SIGNATORIES.registerUnit(unit, SIGNATORIES.people);
        SignedAct hold = SIGNATORIES.hold(unit, SIGNATORIES.people);
        SignedAct strangers = SIGNATORIES.hold(unit, SIGNATORIES.vendor);
        assertEquals(
                List.of("RECORDED", "RECORDED", "REJECTED ledger.not-entitled"),
                platform.record(registered, hold, strangers));
        assertEquals(List.of("DUPLICATE", "DUPLICATE"), platform.record(registered, hold));
        assertEquals(
                registered.json(), platform.ask("act", registered.act().id().toString()));
        assertEquals("null", platform.ask("act", strangers.act().id().toString()));
    }

    @Test
    void forgedActsAreRefusedByThePeers() throws Exception {
        UUID unit = registeredUnit();
        Act handover = SIGNATORIES.handover(unit, SIGNATORIES.people, SIGNATORIES.union);
        SignedAct onlyTaker = Signatories.signed(handover, SIGNATORIES.union);
        SignedAct platformsGuess = new SignedAct(
                handover,
                List.of(
                        SIGNATORIES.union.sign(handover),
                        new ActSignature(
                                SIGNATORIES.people.id,
                                SIGNATORIES.people.key.keyId(),
                                SIGNATORIES.people.key.alg(),
                                SIGNATORIES.union.sign(handover).value())));
        assertEquals(List.of("REJECTED ledger.missing-signature"), platform.record(onlyTaker));
        assertEquals(List.of("REJECTED ledger.wrong-signature"), platform.record(platformsGuess));
        SignedAct brokenChain = SIGNATORIES.accepted(unit, SIGNATORIES.people, SIGNATORIES.union);
        assertEquals(List.of("REJECTED ledger.chain-break"), platform.record(brokenChain), "it follows a refused act");
    }

    @Test
    void aRevokedKeySignsNothingAnyMore() throws Exception {
        Signatories.Org leaving = new Signatories.Org(OrganisationKind.HOSPITAL);
        assertEquals(List.of("RECORDED", "RECORDED"), platform.record(SIGNATORIES.join(leaving)));
        assertEquals(List.of("RECORDED"), platform.record(SIGNATORIES.revokeKey(leaving)));
        assertEquals(
                List.of("REJECTED ledger.revoked-key"),
                platform.record(SIGNATORIES.registerUnit(Signatories.newId(), leaving)));
    }

    @Test
    void thePlatformCannotMoveAUnitWithItsOwnPeer() throws Exception {
        UUID unit = registeredUnit();
        SignedAct moved = SIGNATORIES.accepted(unit, SIGNATORIES.people, SIGNATORIES.union);
        CommitException alone =
                assertThrows(CommitException.class, () -> platform.recordWith(List.of("PlatformMSP"), moved));
        assertEquals(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, alone.getCode());
        // Enough for the contract, but the custodian's host has not agreed.
        CommitException withoutGiver = assertThrows(
                CommitException.class, () -> platform.recordWith(List.of("RegulatorMSP", "SupplierMSP"), moved));
        assertEquals(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, withoutGiver.getCode());
        assertTrue(platform.ask(
                        "custodianAt",
                        "custody:" + unit,
                        moved.act().occurredAt().toString())
                .contains(SIGNATORIES.people.id.toString()));
        assertEquals(List.of("RECORDED"), platform.record(moved), "the gateway knows whom to ask");
        assertTrue(platform.ask(
                        "custodianAt",
                        "custody:" + unit,
                        moved.act().occurredAt().toString())
                .contains(SIGNATORIES.union.id.toString()));
    }

    @Test
    void aUnitThatASupplierHoldsMovesOnlyWithTheSuppliersPeer() throws Exception {
        UUID unit = registeredUnit();
        assertEquals(
                List.of("RECORDED"),
                platform.record(SIGNATORIES.accepted(unit, SIGNATORIES.people, SIGNATORIES.vendor)));
        SignedAct back = SIGNATORIES.accepted(unit, SIGNATORIES.vendor, SIGNATORIES.people);
        CommitException withoutSupplier = assertThrows(
                CommitException.class, () -> platform.recordWith(List.of("RegulatorMSP", "HospitalMSP"), back));
        assertEquals(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, withoutSupplier.getCode());
        assertEquals(List.of("RECORDED"), platform.record(back));
    }

    @Test
    void twoHandoversOfAUnitNeverShareATransaction() throws Exception {
        UUID unit = registeredUnit();
        SignedAct first = SIGNATORIES.accepted(unit, SIGNATORIES.people, SIGNATORIES.union);
        SignedAct second = SIGNATORIES.accepted(unit, SIGNATORIES.union, SIGNATORIES.vendor);
        EndorseException refused = assertThrows(EndorseException.class, () -> platform.record(first, second));
        assertTrue(refused.getDetails().toString().contains("ledger.one-custody-act-per-batch"), refused.toString());
        assertEquals(List.of("RECORDED"), platform.record(first));
        assertEquals(List.of("RECORDED"), platform.record(second));
    }

    @Test
    void aReceiptTellsOfPresenceAndOfAbsenceAlike() throws Exception {
        UUID unit = Signatories.newId();
        SignedAct registered = SIGNATORIES.registerUnit(unit, SIGNATORIES.people);
        String subject = Subject.custody(unit).toString();
        String id = registered.act().id().toString();
        String absent = platform.ask("receipt", id, subject, "nonce-1");
        assertEquals(
                "{\"act\":null,\"actId\":\"" + id
                        + "\",\"count\":\"0\",\"head\":null,\"nonce\":\"nonce-1\",\"subject\":\"" + subject + "\"}",
                absent);
        assertEquals(List.of("RECORDED"), platform.record(registered));
        String present = platform.ask("receipt", id, subject, "nonce-2");
        assertTrue(present.startsWith("{\"act\":" + registered.json()), present);
        assertTrue(present.contains("\"count\":\"1\""), present);
        assertTrue(present.contains(registered.act().digest()), present);
    }

    @Test
    void aTraceComesInPages() throws Exception {
        UUID unit = registeredUnit();
        String subject = Subject.custody(unit).toString();
        platform.record(SIGNATORIES.accepted(unit, SIGNATORIES.people, SIGNATORIES.union));
        platform.record(SIGNATORIES.accepted(unit, SIGNATORIES.union, SIGNATORIES.people));
        String first = platform.ask("trace", subject, "", "2");
        assertTrue(first.endsWith("\"next\":\"2\"}"), first);
        String second = platform.ask("trace", subject, "2", "2");
        assertTrue(second.endsWith("\"next\":null}"), second);
        assertFalse(second.contains("custody.registered"), second);
    }

    @Test
    void theTrustFolderNamesTheFoundingAndTheRegulatorsKey() throws Exception {
        run.expect("status");
        String trust = Files.readString(run.data().resolve("trust/trust.json"));
        assertTrue(trust.contains(SIGNATORIES.founding().digest()), trust);
        assertTrue(trust.contains(SIGNATORIES.regulator.key.keyId()), trust);
        assertTrue(Files.readString(run.data().resolve("trust/RegulatorMSP/revoked.pem"))
                .contains("X509 CRL"));
    }
}
