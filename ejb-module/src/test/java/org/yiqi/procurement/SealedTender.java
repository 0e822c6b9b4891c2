package org.yiqi.procurement;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.Subject;
import org.yiqi.contract.TenderStanding;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.Deal;
import org.yiqi.contract.sealing.Envelope;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.ReleaseList;
import org.yiqi.contract.sealing.SealContext;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.contract.sealing.SealedFile;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.LedgerFixture;
import org.yiqi.ledger.LedgerReader;
import org.yiqi.ledger.NewAct;
import org.yiqi.ledger.TenderActs;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * A tender with two envelopes, two lots and five openers on a ledger of its own, whose deadline passed a quarter of an hour ago by the
 * ledger's clock; the services' clock stands an hour before it.
 */
final class SealedTender {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a bidder has on its own machine. */
    static final class Bidder {
        final UUID org;
        final String lot;
        final String price;
        KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(RANDOM);
        UUID bid = new UUID(0, 0);
        byte[] document;

        Bidder(UUID org, String lot, String price) {
            this.org = org;
            this.lot = lot;
            this.price = price;
            document = ("attachment of " + price).getBytes(StandardCharsets.UTF_8);
        }

        String key() {
            return encoded(pair.getPublic().getEncoded());
        }

        String sign(ToSign act) {
            return encoded(SignatureAlgorithm.SM2_SM3.sign(
                    pair.getPrivate().getEncoded(), Base64.getDecoder().decode(act.bytes())));
        }
    }

    /** What a bidder sealed: the public half and the bytes by envelope. */
    record Sealed(String manifest, Map<String, byte[]> bytes) {}

    final TestDatabase db;
    final LedgerFixture ledger;
    final TestServices services;
    final Path dataDir;
    final UUID tender = Ids.next();
    final UUID hospital;
    final List<UUID> openers = new ArrayList<>();
    final Map<String, KeyPair> openersKeys = new HashMap<>();
    final Instant deadline;

    SealedTender(TestDatabase db, Path dataDir, UUID regulator) throws SQLException {
        this(db, dataDir, regulator, services -> services);
    }

    /** @param outside what services find there that are not the platform's own */
    SealedTender(TestDatabase db, Path dataDir, UUID regulator, UnaryOperator<TestServices> outside)
            throws SQLException {
        this(db, dataDir, regulator, outside, Duration.ofMinutes(-15));
    }

    /** @param left until the deadline by the ledger's clock */
    SealedTender(TestDatabase db, Path dataDir, UUID regulator, UnaryOperator<TestServices> outside, Duration left)
            throws SQLException {
        this.db = db;
        deadline = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(left);
        this.dataDir = dataDir;
        ledger = new LedgerFixture(db);
        services = outside.apply(ledger.wire(new TestServices(db)));
        services.get(Bids.class).nameConstraints();
        services.get(BidEnvelopes.class).nameConstraints();
        services.clock().set(deadline.minus(Duration.ofHours(1)));
        hospital = db.organisation("HOSPITAL");
        openers.add(regulator);
        for (int i = 0; i < 4; i++) {
            openers.add(i == 0 ? hospital : db.organisation("HOSPITAL"));
        }
        ledger.relayAll(dataDir);
    }

    /** With keys that are made here. */
    SealedTender publish() throws SQLException {
        List<Map<String, Object>> keys = new ArrayList<>();
        for (UUID opener : openers) {
            for (String envelope : List.of("TECHNICAL", "PRICE")) {
                KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(RANDOM);
                openersKeys.put(opener + envelope, pair);
                byte[] proof = SignatureAlgorithm.SM2_SM3.sign(
                        pair.getPrivate().getEncoded(), TenderStanding.openersProof(tender, opener, envelope));
                keys.add(Map.of(
                        "envelope", envelope,
                        "key", encoded(pair.getPublic().getEncoded()),
                        "opener", opener.toString(),
                        "proof", encoded(proof)));
            }
        }
        publish(keys);
        return this;
    }

    /** With the keys that the openers registered. */
    void publish(List<Map<String, Object>> keys) throws SQLException {
        List<Party> parties = new ArrayList<>(List.of(new Party(hospital, PartyRole.BUYER)));
        openers.forEach(opener -> parties.add(new Party(opener, PartyRole.OPENER)));
        NewAct published = new NewAct(
                "tender.published",
                Subject.tender(tender),
                services.clock().instant(),
                parties,
                Map.of(
                        "deadline", deadline.toString(),
                        "envelopes", List.of("TECHNICAL", "PRICE"),
                        "lots", List.of("1", "2"),
                        "openers", keys,
                        "threshold", "3"),
                List.of(new Evidence("documents", "SM3", "ab".repeat(32))),
                null);
        UUID act = services.as(hospital, () -> acts().propose(published));
        sign(act, openers);
        ledger.relayAll(dataDir);
        services.as(supplier(db.organisation("SUPPLIER")), () -> {
            services.get(TenderActs.class).prepareTime();
            return true;
        });
        ledger.relayAll(dataDir);
    }

    /** All of them sign what waits for them. */
    void sign(UUID act, List<UUID> signers) {
        for (UUID signer : signers) {
            boolean missing = services.asScope(Scope.SYSTEM, () -> acts().get(act))
                    .missing()
                    .contains(signer);
            if (missing) {
                services.as(signer, () -> acts().signIfManaged(act));
            }
        }
    }

    Acts acts() {
        return services.get(Acts.class);
    }

    Bids bids() {
        return services.get(Bids.class);
    }

    BidUploads uploads() {
        return services.get(BidUploads.class);
    }

    BidEnvelopes envelopes() {
        return services.get(BidEnvelopes.class);
    }

    BidView clear(UUID bid) {
        envelopes().clear(bid);
        return bids().get(bid);
    }

    Openings openings() {
        return services.get(Openings.class);
    }

    void at(Instant instant) {
        services.clock().set(instant);
    }

    static YiqiPrincipal supplier(UUID org) {
        return new YiqiPrincipal("supplier", Ids.next(), org, Scope.MEMBER, Set.of(Roles.SUPPLIER));
    }

    <R> R as(Bidder bidder, Callable<R> work) {
        return services.as(supplier(bidder.org), work);
    }

    Bidder bidder(String lot, String price) throws SQLException {
        Bidder bidder = new Bidder(db.organisation("SUPPLIER"), lot, price);
        bidder.bid = as(bidder, () -> bids().start(tender, lot, bidder.key())).id();
        return bidder;
    }

    SealTerms terms() {
        return services.as(hospital, () -> bids().terms(tender));
    }

    Sealed seal(Bidder bidder, int version) throws IOException {
        SealTerms terms = terms();
        List<SealedBid.Sealed> envelopes = new ArrayList<>();
        Map<String, byte[]> bytes = new HashMap<>();
        for (String name : terms.envelopes()) {
            SealContext context = terms.context(bidder.lot, bidder.key(), version, name);
            byte[] fileKey = new byte[SealedFile.KEY];
            RANDOM.nextBytes(fileKey);
            byte[] file = bidder.document;
            ByteArrayOutputStream sealedFile = new ByteArrayOutputStream();
            String digest = new SealedFile(fileKey, context, 0).seal(new ByteArrayInputStream(file), sealedFile);
            BidContent content = BidContent.of(
                    name,
                    Map.of("amount", bidder.price, "currency", "CNY"),
                    List.of(new BidContent.Attachment("报价.pdf", file.length, encoded(fileKey))),
                    RANDOM);
            Envelope envelope = Envelope.seal(context, content.bytes(), RANDOM);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(envelope.ciphertext());
            all.writeBytes(sealedFile.toByteArray());
            bytes.put(name, all.toByteArray());
            envelopes.add(new SealedBid.Sealed(
                    name,
                    envelope.deal(),
                    envelope.ciphertext().length,
                    List.of(new SealedBid.File(digest, sealedFile.size()))));
        }
        SealedBid bid = new SealedBid(tender, bidder.lot, bidder.key(), version, terms.terms(), envelopes);
        return new Sealed(bid.json(), bytes);
    }

    void upload(Bidder bidder, Sealed sealed) {
        sealed.bytes()
                .forEach((envelope, bytes) ->
                        as(bidder, () -> uploads().upload(bidder.bid, envelope, 0, new ByteArrayInputStream(bytes))));
    }

    ToSign stamp(Bidder bidder, Sealed sealed) {
        return as(bidder, () -> envelopes().stamp(bidder.bid, sealed.manifest()));
    }

    BidReceipt submit(Bidder bidder) throws IOException {
        return submit(bidder, seal(bidder, 1));
    }

    BidReceipt submit(Bidder bidder, Sealed sealed) {
        upload(bidder, sealed);
        ToSign act = stamp(bidder, sealed);
        return as(bidder, () -> bids().submit(bidder.bid, bidder.sign(act)));
    }

    /** The buyer changes the tender: bids have to be made again. */
    void amend() throws SQLException {
        NewAct amended = new NewAct(
                "tender.amended",
                Subject.tender(tender),
                services.clock().instant(),
                List.of(new Party(hospital, PartyRole.BUYER)),
                Map.of("deadline", deadline.toString()),
                List.of(new Evidence("documents", "SM3", "cd".repeat(32))),
                null);
        ledger.relayAll(dataDir);
        services.as(hospital, () -> acts().propose(amended));
        ledger.relayAll(dataDir);
    }

    /** Closes the tender and shows whose the bids are. */
    void close() throws SQLException {
        at(deadline.plus(TenderStanding.LANDING));
        ledger.relayAll(dataDir);
        List<String> live = db.inScope(Scope.SYSTEM, c -> LedgerReader.liveBids(c, tender)).stream()
                .map(UUID::toString)
                .toList();
        NewAct closed = new NewAct(
                "tender.closed",
                Subject.tender(tender),
                services.clock().instant(),
                List.of(new Party(hospital, PartyRole.BUYER)),
                Map.of("bids", live),
                List.of(),
                null);
        services.as(hospital, () -> acts().propose(closed));
        ledger.relayAll(dataDir);
        reveal();
    }

    /** The buyer records which bids qualified by an envelope. */
    void score(String envelope, List<UUID> qualified) throws SQLException {
        NewAct scored = new NewAct(
                "tender.scored",
                Subject.tender(tender),
                services.clock().instant(),
                List.of(new Party(hospital, PartyRole.BUYER)),
                Map.of(
                        "envelope", envelope,
                        "qualified", qualified.stream().map(UUID::toString).toList(),
                        "root", "12".repeat(32)),
                List.of(),
                null);
        services.as(hospital, () -> acts().propose(scored));
        ledger.relayAll(dataDir);
    }

    void reveal() throws SQLException {
        services.asScope(Scope.SYSTEM, () -> {
            openings().reveal(tender);
            return true;
        });
        ledger.relayAll(dataDir);
    }

    ReleaseList releases(UUID opener, String envelope) {
        SealTerms terms = terms();
        Map<UUID, Release> all = new HashMap<>();
        for (DueBid due : services.as(opener, () -> openings().due(tender, envelope))) {
            SealedBid sealed = SealedBid.parse(due.manifest());
            Deal deal = sealed.envelope(envelope).deal();
            SealContext context = sealed.context(terms, envelope);
            int index = terms.indexOf(envelope, opener);
            all.put(due.bid(), Release.of(context, deal, index, number(opener, envelope), RANDOM));
        }
        return new ReleaseList(tender, envelope, opener, all);
    }

    private java.math.BigInteger number(UUID opener, String envelope) {
        return ((ECPrivateKey) openersKeys.get(opener + envelope).getPrivate()).getS();
    }

    OpeningView post(ReleaseList list) {
        String json = list.json();
        String signature = encoded(SignatureAlgorithm.SM2_SM3.sign(
                openersKeys.get(list.opener() + list.envelope()).getPrivate().getEncoded(),
                json.getBytes(StandardCharsets.UTF_8)));
        return services.as(list.opener(), () -> openings().post(tender, json, signature));
    }

    OpeningView post(UUID opener, String envelope) {
        return post(releases(opener, envelope));
    }

    static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
