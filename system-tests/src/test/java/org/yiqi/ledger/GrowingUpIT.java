package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.BundleCheck;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.LedgerAnswers;
import org.yiqi.contract.LedgerState;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Past;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.evidence.Changes;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.Exhibits;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.system.Platform;
import org.yiqi.system.fabric.FabricRun;

/**
 * A local ledger with a history in which order matters grows up onto a real channel of four organisations: it moves, the
 * relay is killed on the way, and then both ledgers are asked the same things.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrowingUpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int UNITS = 12;

    private final LedgerFixture ledger = new LedgerFixture(TestDatabase.empty()).addFounders();
    private final List<UUID> units = new ArrayList<>();
    private final List<Instant> moments = new ArrayList<>();
    private final UUID tender = Ids.next();
    /** A unit that changes hands while the history is on its way. */
    private final UUID moving = Ids.next();

    private Path data;
    private FabricRun network;
    private FabricChannel channel;
    private UUID regulator;
    private UUID owner;
    private UUID lessee;
    private UUID supplier;
    private UUID meanwhile;

    // What the local ledger said.
    private final Map<UUID, String> acts = new LinkedHashMap<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private String hash;
    private Bundle bundle;
    private List<SignedHead> heads;

    @BeforeAll
    void aSiteGrowsUp() throws Exception {
        data = Files.createTempDirectory("growing-up");
        regulator = (UUID) ledger.value("select id from organisation.organisation where kind = 'REGULATOR'");
        owner = ledger.db.organisation("HOSPITAL");
        lessee = ledger.db.organisation("HOSPITAL");
        supplier = ledger.db.organisation("SUPPLIER");
        localHistory();
        remember();
        network = FabricRun.start("grown-network", 17700, "raft1");
        channel = FabricChannel.open(FabricNetwork.read(description()));
        Platform.await(
                "the tender's first deadline", PATIENCE, () -> Instant.now().isAfter(moments.get(0)));
        moveAndReplay();
    }

    @AfterAll
    void end() throws IOException {
        if (channel != null) {
            channel.close();
        }
        if (network != null) {
            network.close();
        }
        ledger.db.stop();
    }

    private Path description() {
        return network.data().resolve("network.json");
    }

    private void localHistory() throws SQLException {
        ledger.relayAll(data);
        amendedTender();
        ledger.relayAll(data);
        for (int i = 0; i < UNITS; i++) {
            UUID unit = Ids.next();
            units.add(unit);
            ledger.write(NewAct.registered(unit, owner, now()));
            UUID taker = i % 3 == 0 ? supplier : lessee;
            ledger.write(NewAct.offered(unit, owner, taker, now(), Ids.next()));
            ledger.write(NewAct.accepted(unit, owner, taker, now(), Ids.next()));
            if (i % 2 == 0) {
                UUID hold = ledger.write(NewAct.holdPlaced(unit, owner, "RECALL", now(), null));
                ledger.write(NewAct.holdReleased(unit, owner, hold, now(), null));
            }
        }
        ledger.write(NewAct.registered(moving, owner, now()));
        moments.add(now());
        evidence();
        // From here on the first key signs nothing, and a suspended hospital takes nothing: neither may come too early.
        rotate(owner);
        ledger.write(ofRegulator("org.suspended", lessee));
        ledger.write(NewAct.returned(units.get(1), lessee, owner, now(), Ids.next()));
        ledger.write(ofRegulator("org.reinstated", lessee));
        ledger.write(NewAct.accepted(units.get(1), owner, lessee, now(), Ids.next()));
        ledger.write(NewAct.returned(units.get(0), supplier, owner, now(), Ids.next()));
        evidence();
        moments.add(now());
        ledger.relayAll(data);
        assertEquals(0, count("select count(*) from ledger.act where state <> 'RECORDED'"));
    }

    private static Instant now() {
        return LedgerFixture.now();
    }

    private NewAct ofRegulator(String type, UUID org) {
        return new NewAct(
                type,
                Subject.organisation(org),
                now(),
                List.of(new Party(regulator, PartyRole.REGULATOR)),
                Map.of("reason", "INSPECTION"),
                List.of(),
                null);
    }

    private void rotate(UUID org) throws SQLException {
        KeyChanges changes = new KeyChanges(ledger.keys, ledger.writer, Clock.systemUTC());
        ledger.db.inScope(Scope.SYSTEM, c -> changes.bringManaged(c, org, Ids.next()));
    }

    /** A tender whose deadline was moved in time. Long afterwards, its peers' clocks would say that it was too late. */
    private void amendedTender() throws SQLException {
        Instant deadline = now().plusSeconds(5);
        moments.add(deadline);
        List<UUID> openers = List.of(regulator, owner, lessee);
        List<Object> keys = new ArrayList<>();
        List<Party> parties = new ArrayList<>(List.of(new Party(owner, PartyRole.BUYER)));
        for (UUID opener : openers) {
            KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
            String proven = CanonicalJson.write(
                    Map.of("envelope", "PRICE", "opener", opener.toString(), "tender", tender.toString()));
            keys.add(Map.of(
                    "envelope", "PRICE",
                    "key", encoded(pair.getPublic().getEncoded()),
                    "opener", opener.toString(),
                    "proof",
                            encoded(SignatureAlgorithm.SM2_SM3.sign(
                                    pair.getPrivate().getEncoded(), proven.getBytes(StandardCharsets.UTF_8)))));
            parties.add(new Party(opener, PartyRole.OPENER));
        }
        ledger.write(ofTender(
                "tender.published",
                parties,
                Map.of(
                        "deadline", deadline.toString(),
                        "envelopes", List.of("PRICE"),
                        "lots", List.of("1"),
                        "openers", keys,
                        "threshold", "2")));
        ledger.write(ofTender(
                "tender.amended",
                parties.subList(0, 1),
                Map.of("deadline", deadline.plusSeconds(3600).toString())));
    }

    private NewAct ofTender(String type, List<Party> parties, Map<String, Object> body) {
        List<Evidence> documents = List.of(new Evidence("documents", "SM3", "ab".repeat(32)));
        return new NewAct(type, Subject.tender(tender), now(), parties, body, documents, null);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void evidence() throws SQLException {
        ledger.db.inScope(
                Scope.SYSTEM,
                c -> Exhibits.submit(
                        c,
                        EvidenceOf.of(EvidenceKind.DOCUMENT, Ids.next()),
                        owner,
                        Map.of("sha256", "abc"),
                        false,
                        now()));
        try (EvidenceKeeper keeper =
                new EvidenceKeeper(ledger.db.as("worker"), ledger.writer, Clock.systemUTC(), Duration.ZERO, 1)) {
            assertTrue(keeper.leads());
            keeper.run();
        }
    }

    private void remember() throws SQLException {
        try (Connection c = ledger.db.administrator();
                var s = c.createStatement();
                var rs = s.executeQuery(
                        "select act_id, document from ledger.journal where act_id is not null order by position")) {
            while (rs.next()) {
                acts.put(rs.getObject(1, UUID.class), rs.getString(2));
            }
        }
        answers.putAll(askedHere());
        hash = (String) ledger.value("select hash from ledger.journal order by position desc limit 1");
        heads = new HeadFile(data).read();
        bundle = ledger.db
                .inScope(Scope.SYSTEM, c -> new BundleMaker(ledger.keys, Clock.systemUTC())
                        .make(c, subjectsOf(units.get(1))))
                .orElseThrow();
    }

    private static List<Subject> subjectsOf(UUID unit) {
        return List.of(Subject.custody(unit), Subject.holds(unit));
    }

    private void growFrom(String named) throws SQLException {
        try (Connection c = ledger.db.as("worker").getConnection()) {
            new GrowingUp(ledger.db.as("owner"), channel.network(), data).run(c, Optional.of(named), now());
        }
    }

    private void moveAndReplay() throws Exception {
        assertThrows(LedgerKind.WrongLedger.class, () -> growFrom("0".repeat(64)));
        assertEquals(acts.size(), count("select count(*) from ledger.act where state = 'RECORDED'"));
        growFrom(hash);
        meanwhile = ledger.write(NewAct.accepted(moving, owner, lessee, now(), Ids.next()));
        theRegulatorFoundsTheLedgerItself();
        for (int kills = 0; kills < 3; kills++) {
            long before = recorded();
            Process relay = RelayProcess.launch(ledger.db.url(), data, description(), 10);
            Platform.await("some acts to be recorded", PATIENCE, () -> recorded() > before);
            relay.destroyForcibly().waitFor();
            growFrom(hash);
        }
        Process relay = RelayProcess.launch(ledger.db.url(), data, description(), 100);
        Platform.await("all acts to be recorded", PATIENCE, () -> recorded() == acts.size() + 1);
        relay.destroyForcibly().waitFor();
    }

    /** As on a network of several organisations, where the application must not act for the regulator. */
    private void theRegulatorFoundsTheLedgerItself() throws Exception {
        Map<String, Object> theirs =
                new HashMap<>(JsonPath.from(description().toFile()).getMap("$"));
        theirs.remove("founder");
        Path withoutFounder = Files.writeString(
                network.data().resolve("network-of-several.json"),
                Json.createObjectBuilder(theirs).build().toString());
        Process relay = RelayProcess.launch(ledger.db.url(), data, withoutFounder, 10);
        Path files = data.resolve("ledger");
        Platform.await(
                "the ledger to say what the regulator has to do",
                PATIENCE,
                () -> count("select count(*) from ledger.relay_leader where problem = 'The regulator has to found the"
                                + " ledger with ledger/founding.json and ledger/past.json'")
                        == 1);
        assertEquals(0, recorded());
        network.invokeAsRegulator(
                "found",
                Files.readString(files.resolve("founding.json")),
                Files.readString(files.resolve("past.json")));
        Platform.await("the first acts after the founding", PATIENCE, () -> recorded() > 0);
        relay.destroyForcibly().waitFor();
    }

    private long recorded() {
        return count("select count(*) from ledger.act where state = 'RECORDED'");
    }

    private long count(String sql) {
        try {
            return ((Number) ledger.value(sql)).longValue();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the rows say about every chain, and about who answered for each unit when. */
    private Map<String, String> askedHere() throws SQLException {
        return ledger.db.inScope(Scope.SYSTEM, c -> {
            LedgerState state = new JdbcLedgerState(c);
            Map<String, String> all = new LinkedHashMap<>();
            for (String subject : subjects()) {
                all.put(subject, LedgerAnswers.trace(Subject.parse(subject), "", 500, state));
            }
            for (UUID unit : units) {
                for (Instant moment : moments) {
                    all.put(unit + " at " + moment, LedgerAnswers.custodianAt(unit, moment, state));
                }
            }
            return all;
        });
    }

    private Map<String, String> askedThere() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String subject : subjects()) {
            all.put(subject, channel.ask("trace", subject, "", "500"));
        }
        for (UUID unit : units) {
            for (Instant moment : moments) {
                all.put(unit + " at " + moment, channel.ask("custodianAt", "custody:" + unit, moment.toString()));
            }
        }
        return all;
    }

    /** In the order of the local journal; all but the one that goes on meanwhile. */
    private List<String> subjects() {
        return acts.values().stream()
                .map(document -> SignedAct.parse(document).act().subject().toString())
                .distinct()
                .filter(subject -> !subject.equals("custody:" + moving))
                .toList();
    }

    @Test
    void everyActIsOnTheChannelWithTheSameBytesAndSignatures() throws SQLException {
        for (Map.Entry<UUID, String> act : acts.entrySet()) {
            assertEquals(act.getValue(), channel.ask("act", act.getKey().toString()));
            assertEquals(ActState.RECORDED, ledger.act(act.getKey()).state());
        }
        assertEquals(0, count("select count(*) from ledger.stopped_subject"));
        assertEquals(ActState.RECORDED, ledger.act(meanwhile).state());
    }

    @Test
    void chainsAndCustodiansAreTheSameAsBefore() throws SQLException {
        assertEquals(answers, askedThere());
        assertEquals(answers, askedHere());
    }

    @Test
    void theChannelSaysWhatItContinues() {
        Past past = Past.parse(channel.ask("past"));
        assertEquals(hash, past.hash());
        assertEquals(acts.size(), past.acts());
        assertEquals(bundle.founding().json(), channel.ask("founding"));
    }

    @Test
    void aProofOfAnOldActCarriesReceiptsNow() throws SQLException {
        NetworkBundle proof = ledger.db
                .inScope(
                        Scope.SYSTEM,
                        c -> NetworkBundleMaker.make(c, channel, subjectsOf(units.get(1)), "0123456789abcdef"))
                .orElseThrow();
        NetworkBundleCheck.Trust trust = new NetworkBundleCheck.Trust(
                bundle.founding().digest(), NetworkBundleMaker.trusted(channel.network()), "0123456789abcdef");
        NetworkBundleCheck.Result result = NetworkBundleCheck.run(NetworkBundle.parse(proof.json()), trust);
        assertTrue(result.holds(), () -> result.steps().toString());
        assertEquals(2, result.operators().size());
    }

    @Test
    void aProofFromBeforeIsAsGoodAsItWas() {
        BundleCheck.Trust trust = new BundleCheck.Trust(bundle.founding().digest(), heads);
        List<BundleCheck.Step> steps = BundleCheck.run(Bundle.parse(bundle.json()), trust);
        assertTrue(steps.stream().allMatch(BundleCheck.Step::holds), steps::toString);
    }

    @Test
    void theWatchHasNothingToSay() throws SQLException {
        try (Connection c = ledger.db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertEquals(List.of(), new LedgerCheck(data).pass(c));
            EvidenceVerdict verdict = EvidenceVerification.verify(c, now());
            assertTrue(verdict.intact(), String.valueOf(verdict.fault()));
            assertEquals(2, verdict.rootsCompared());
            assertEquals(List.of(), Changes.since(c, "3"));
        }
    }
}
