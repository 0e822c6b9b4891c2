package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.ledger.LedgerFixture;
import org.yiqi.ledger.TimeAuthorities;
import org.yiqi.ledger.TimeAuthorityView;
import org.yiqi.procurement.SealedTender.Bidder;
import org.yiqi.procurement.SealedTender.Sealed;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** Bids that carry the word of an authority which the platform does not run. */
class TimeAuthoritiesIT {

    @RegisterExtension
    static final EmptyPlatform PLATFORM = new EmptyPlatform();

    @TempDir
    static Path dataDir;

    private SealedTender tender;
    private StampingAuthority bureau;

    @BeforeEach
    void aTenderAndAnAuthority() throws Exception {
        bureau = new StampingAuthority(Instant.now(), KeyPurposeId.id_kp_timeStamping);
        tender = new SealedTender(
                PLATFORM.db,
                dataDir,
                PLATFORM.regulator,
                services -> LedgerFixture.timeFrom(services, bureau.address()));
        bureau.says(tender.deadline.minusSeconds(60));
        tender.publish();
    }

    @AfterEach
    void silence() {
        bureau.close();
    }

    private <R> R as(String role, UUID org, Callable<R> work) {
        return tender.services.as(
                new YiqiPrincipal("inspector", Ids.next(), org, Scope.MEMBER, Set.of(role, Roles.SIGNATORY)), work);
    }

    private TimeAuthorities authorities() {
        return tender.services.get(TimeAuthorities.class);
    }

    private void register() throws Exception {
        String certificate = bureau.certificate();
        as(Roles.REGULATOR, PLATFORM.regulator, () -> authorities().register(certificate));
        tender.ledger.relayAll(dataDir);
    }

    private TimeAuthorityView registered() throws Exception {
        String certificate = bureau.certificate();
        return as(Roles.REGULATOR, PLATFORM.regulator, () -> authorities().all()).stream()
                .filter(a -> a.certificate().equals(certificate))
                .findFirst()
                .orElseThrow();
    }

    private static String refused(Callable<?> work) {
        return assertThrows(BusinessException.class, work::call).code();
    }

    @Test
    void aBidIsAsOldAsTheAuthoritySaysOnceARegulatorHasRegisteredIt() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        tender.upload(bidder, sealed);
        assertEquals("ledger.no-time-authority", refused(() -> tender.stamp(bidder, sealed)));
        List<TimeAuthorityView> shown =
                as(Roles.REGULATOR, PLATFORM.regulator, () -> authorities().shown());
        assertEquals(
                List.of("Bureau of time"),
                shown.stream().map(TimeAuthorityView::name).toList());
        register();
        assertEquals(TimeAuthorityView.State.ACTIVE, registered().state());
        assertEquals(List.of(), as(Roles.REGULATOR, PLATFORM.regulator, () -> authorities()
                .shown()));
        ToSign act = tender.stamp(bidder, sealed);
        BidReceipt receipt = tender.as(bidder, () -> tender.bids().submit(bidder.bid, bidder.sign(act)));
        assertTrue(
                receipt.receipt().contains("\"time\":\"" + tender.deadline.minusSeconds(60) + "\""), receipt::receipt);
        tender.ledger.relayAll(dataDir);
        assertEquals(1, tender.services.as(tender.hospital, () -> tender.bids().count(tender.tender)));
    }

    @Test
    void whatTheAuthoritySaysIsLateIsLateWhateverThePlatformsClockSays() throws Exception {
        register();
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        tender.upload(bidder, sealed);
        bureau.says(tender.deadline.plusMillis(1));
        assertEquals("ledger.too-late", refused(() -> tender.stamp(bidder, sealed)));
        bureau.says(tender.deadline);
        tender.stamp(bidder, sealed);
    }

    @Test
    void aSilentAuthorityLeavesTheBidAsItWas() throws Exception {
        register();
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        tender.upload(bidder, sealed);
        BidView before = tender.as(bidder, () -> tender.bids().get(bidder.bid));
        bureau.close();
        assertEquals("ledger.time-authority-silent", refused(() -> tender.stamp(bidder, sealed)));
        assertEquals(before, tender.as(bidder, () -> tender.bids().get(bidder.bid)));
    }

    @Test
    void oneThatARegulatorTookOffCountsNoMore() throws Exception {
        register();
        String id = registered().id();
        as(Roles.REGULATOR, PLATFORM.regulator, () -> authorities().revoke(id, "KEY_LOST"));
        tender.ledger.relayAll(dataDir);
        assertEquals(TimeAuthorityView.State.REVOKED, registered().state());
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        tender.upload(bidder, sealed);
        assertEquals("ledger.no-time-authority", refused(() -> tender.stamp(bidder, sealed)));
        String certificate = bureau.certificate();
        assertEquals(
                "ledger.authority-known",
                refused(() -> as(
                        Roles.REGULATOR, PLATFORM.regulator, () -> authorities().register(certificate))));
        assertEquals(
                "ledger.authority-not-found",
                refused(() -> as(
                        Roles.REGULATOR, PLATFORM.regulator, () -> authorities().revoke(id, "KEY_LOST"))));
    }

    @Test
    void onlyARegulatorRegistersAndOnlyWhatStampsTime() throws Exception {
        String certificate = bureau.certificate();
        assertEquals(
                "ledger.regulators-time",
                refused(() ->
                        as(Roles.EQUIPMENT, tender.hospital, () -> authorities().register(certificate))));
        assertEquals(
                "ledger.not-a-time-certificate",
                refused(() -> as(
                        Roles.REGULATOR, PLATFORM.regulator, () -> authorities().register("AAAA"))));
        try (StampingAuthority server = new StampingAuthority(tender.deadline, KeyPurposeId.id_kp_serverAuth)) {
            String other = server.certificate();
            assertEquals(
                    "ledger.not-a-time-certificate",
                    refused(() -> as(Roles.REGULATOR, PLATFORM.regulator, () -> authorities()
                            .register(other))));
        }
    }
}
