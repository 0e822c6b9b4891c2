package org.yiqi.tools.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.yiqi.contract.Act;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Founding;
import org.yiqi.contract.JournalEntry;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.contract.SubjectStatement;
import org.yiqi.contract.evaluation.Draw;
import org.yiqi.contract.evaluation.Evaluation;
import org.yiqi.contract.evaluation.EvaluationDocument;
import org.yiqi.contract.evaluation.EvaluationRules;
import org.yiqi.contract.evaluation.EvaluationTerms;
import org.yiqi.contract.evaluation.LotTerms;
import org.yiqi.contract.evaluation.Mark;
import org.yiqi.contract.evaluation.OpenedPrice;
import org.yiqi.contract.evaluation.PriceFormula;
import org.yiqi.contract.evaluation.PublishedTerms;
import org.yiqi.contract.evaluation.Verdict;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.Envelope;
import org.yiqi.contract.sealing.OpeningRecord;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.ReleaseList;
import org.yiqi.contract.sealing.SealContext;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;

/** A tender with three openers and three bids, from its publication to its award, as a proof tells it: for what nobody signs here. */
final class PaperTender {

    static final UUID FIRST = new UUID(0x7000, Long.MIN_VALUE + 21);
    static final UUID SECOND = new UUID(0x7000, Long.MIN_VALUE + 22);
    static final UUID THIRD = new UUID(0x7000, Long.MIN_VALUE + 23);

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SignatureAlgorithm ALG = SignatureAlgorithm.SM2_SM3;
    private static final List<UUID> BIDS = List.of(FIRST, SECOND, THIRD);
    private static final List<String> ENVELOPES = List.of("TECHNICAL", "PRICE");
    private static final List<String> SEATS = List.of("1", "2", "3");

    final UUID tender = new UUID(0x7000, Long.MIN_VALUE + 10);
    final UUID buyer = new UUID(0x7000, Long.MIN_VALUE + 11);
    final List<Act> acts = new ArrayList<>();
    /** By its name in the zip. */
    final Map<String, byte[]> members = new TreeMap<>();

    private final Map<UUID, Map<String, Envelope>> sealed = new HashMap<>();
    private final Map<UUID, SealedBid> manifests = new HashMap<>();
    private final Map<UUID, Map<String, BidContent>> contents = new HashMap<>();
    private final Map<String, KeyPair> keys = new HashMap<>();
    private int made;

    PaperTender() {
        publish();
        bid(FIRST, "90000");
        bid(SECOND, "100000");
        bid(THIRD, "110000");
        act("tender.closed", List.of(), Map.of("bids", names()), List.of());
        open("TECHNICAL");
        score(technical("50", "48", "46"));
        open("PRICE");
        score(priced());
        award(FIRST, "90000");
    }

    static UUID opener(int number) {
        return new UUID(0x7000, Long.MIN_VALUE + 30 + number);
    }

    static UUID bidder(UUID bid) {
        return new UUID(0x7001, bid.getLeastSignificantBits());
    }

    private static List<String> names() {
        return BIDS.stream().map(UUID::toString).toList();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    void act(String type, List<Party> parties, Map<String, Object> body, List<Evidence> evidence) {
        act(type, Subject.tender(tender), parties, body, evidence);
    }

    private void act(
            String type, Subject subject, List<Party> parties, Map<String, Object> body, List<Evidence> evidence) {
        UUID id = new UUID(0x7002, Long.MIN_VALUE + made++);
        acts.add(new Act(id, type, 1, subject, START.plusSeconds(made), parties, body, evidence, null));
    }

    private void publish() {
        List<Object> openers = new ArrayList<>();
        List<Party> parties = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parties.add(new Party(opener(i), PartyRole.OPENER));
            for (String envelope : ENVELOPES) {
                KeyPair pair = ALG.newKeyPair(RANDOM);
                keys.put(opener(i) + envelope, pair);
                openers.add(Map.of(
                        "envelope",
                        envelope,
                        "key",
                        encoded(pair.getPublic().getEncoded()),
                        "opener",
                        opener(i).toString(),
                        "proof",
                        ""));
            }
        }
        Map<String, Object> body = Map.of(
                "deadline",
                START.plusSeconds(3600).toString(),
                "envelopes",
                ENVELOPES,
                "lots",
                List.of("1"),
                "openers",
                openers,
                "threshold",
                "2");
        act("tender.published", parties, body, List.of(new Evidence("terms", "SHA-256", terms("60"))));
    }

    /** The terms with such a weight of quality go to the papers; answers their digest. */
    String terms(String quality) {
        String text = CanonicalJson.write(Map.of(
                "criteria",
                List.of(
                        Map.of("kind", "PRICE", "title", "Price", "weight", "40"),
                        Map.of("kind", "QUALITY", "title", "Image", "weight", quality)),
                "currency",
                "CNY",
                "lots",
                List.of(Map.of("ceiling", "2000.00", "code", "1")),
                "requirements",
                List.of(Map.of("lot", "", "mandatory", "true", "text", "Chinese menus")),
                "tender",
                tender.toString()));
        PublishedTerms terms = new PublishedTerms("5a".repeat(32), text);
        members.put("evaluation/terms.json", bytes(terms.json()));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(HexFormat.of().parseHex(terms.salt()));
            return HexFormat.of().formatHex(sha256.digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void bid(UUID bid, String price) {
        SealTerms terms = SealTerms.of(List.of(acts.get(0)));
        String key = encoded(ALG.newKeyPair(RANDOM).getPublic().getEncoded());
        List<SealedBid.Sealed> envelopes = new ArrayList<>();
        for (String name : ENVELOPES) {
            SealContext context = terms.context("1", key, 1, name);
            BidContent content = BidContent.of(name, Map.of("amount", price, "currency", "CNY"), List.of(), RANDOM);
            Envelope envelope = Envelope.seal(context, content.bytes(), RANDOM);
            contents.computeIfAbsent(bid, each -> new HashMap<>()).put(name, content);
            sealed.computeIfAbsent(bid, each -> new HashMap<>()).put(name, envelope);
            envelopes.add(new SealedBid.Sealed(name, envelope.deal(), envelope.ciphertext().length, List.of()));
        }
        SealedBid manifest = new SealedBid(tender, "1", key, 1, terms.terms(), envelopes);
        manifests.put(bid, manifest);
        act(
                "bid.committed",
                Subject.bid(bid),
                List.of(),
                Map.of("commitment", manifest.commitment(), "lot", "1", "tender", tender.toString()),
                List.of());
        act(
                "bid.revealed",
                Subject.bid(bid),
                List.of(new Party(bidder(bid), PartyRole.BIDDER)),
                Map.of("tender", tender.toString()),
                List.of());
    }

    private void open(String envelope) {
        List<Object> opened = new ArrayList<>();
        List<OpeningRecord.Bid> bids = new ArrayList<>();
        for (UUID bid : BIDS) {
            opened.add(Map.of(
                    "bid", bid.toString(), "content", content(bid, envelope).digest()));
            bids.add(new OpeningRecord.Bid(bid, manifest(bid).json()));
            if (envelope.equals("PRICE")) {
                members.put(
                        "opening/PRICE/" + bid + ".sealed",
                        envelope(bid, envelope).ciphertext());
            }
        }
        List<Party> parties = new ArrayList<>();
        List<OpeningRecord.Posted> posted = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            parties.add(new Party(opener(i), PartyRole.OPENER));
            posted.add(posted(i, envelope));
        }
        act("tender.opened", parties, Map.of("bids", opened, "envelope", envelope), List.of());
        OpeningRecord record = new OpeningRecord(tender, envelope, bids, posted);
        members.put("opening/" + envelope + ".json", bytes(record.json()));
    }

    /** The bytes of a bid were missing when the prices were opened, and somebody brought them. */
    void missed(UUID bid) {
        int at = acts.indexOf(acts.stream()
                .filter(act -> act.type().equals("tender.opened")
                        && "PRICE".equals(act.body().get("envelope")))
                .findFirst()
                .orElseThrow());
        Act opened = acts.get(at);
        List<Object> first = new ArrayList<>();
        for (UUID each : BIDS) {
            Map<String, Object> content = new HashMap<>();
            content.put("bid", each.toString());
            content.put(
                    "content", each.equals(bid) ? null : content(each, "PRICE").digest());
            first.add(content);
        }
        acts.set(at, again(opened, opened.id(), first));
        acts.add(
                at + 1,
                again(
                        opened,
                        new UUID(0x7002, Long.MIN_VALUE + made++),
                        List.of(Map.of(
                                "bid",
                                bid.toString(),
                                "content",
                                content(bid, "PRICE").digest()))));
    }

    private static Act again(Act opened, UUID id, List<Object> bids) {
        return new Act(
                id,
                opened.type(),
                1,
                opened.subject(),
                opened.occurredAt(),
                opened.parties(),
                Map.of("bids", bids, "envelope", "PRICE"),
                opened.evidence(),
                null);
    }

    private OpeningRecord.Posted posted(int number, String envelope) {
        SealTerms terms = SealTerms.of(List.of(acts.get(0)));
        KeyPair pair = keys.get(opener(number) + envelope);
        if (pair == null) {
            throw new IllegalStateException("no such opener");
        }
        BigInteger secret = ((ECPrivateKey) pair.getPrivate()).getS();
        Map<UUID, Release> releases = new HashMap<>();
        for (UUID bid : BIDS) {
            SealContext context = manifest(bid).context(terms, envelope);
            releases.put(
                    bid,
                    Release.of(
                            context,
                            envelope(bid, envelope).deal(),
                            terms.indexOf(envelope, opener(number)),
                            secret,
                            RANDOM));
        }
        String list = new ReleaseList(tender, envelope, opener(number), releases).json();
        return new OpeningRecord.Posted(list, encoded(ALG.sign(pair.getPrivate().getEncoded(), bytes(list))));
    }

    private SealedBid manifest(UUID bid) {
        return manifests.getOrDefault(bid, manifests.values().iterator().next());
    }

    private Envelope envelope(UUID bid, String name) {
        return sealed.getOrDefault(bid, Map.of()).values().stream()
                .filter(each -> each.deal().equals(manifest(bid).envelope(name).deal()))
                .findFirst()
                .orElseThrow();
    }

    private BidContent content(UUID bid, String name) {
        return contents.getOrDefault(bid, Map.of()).values().stream()
                .filter(each -> each.envelope().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private EvaluationTerms evaluationTerms(String seed) {
        LotTerms lot = new LotTerms(
                "1",
                200_000,
                "CNY",
                8,
                PriceFormula.lowest(),
                List.of(
                        new LotTerms.Criterion("0", LotTerms.Kind.PRICE, 40),
                        new LotTerms.Criterion("1", LotTerms.Kind.QUALITY, 60)),
                List.of(new LotTerms.Requirement("0", true)),
                BIDS,
                SEATS);
        EvaluationRules rules =
                new EvaluationRules(LocalDate.parse("2020-01-01"), 3, 40, 30, 3, 2, 30, BigDecimal.ZERO);
        return new EvaluationTerms(tender, rules, List.of(lot), seed, Draw.commitment(new byte[Draw.SEED]));
    }

    EvaluationDocument technical(String... points) {
        List<Verdict> verdicts = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < BIDS.size(); i++) {
            for (String seat : SEATS) {
                verdicts.add(new Verdict(BIDS.get(i), seat, "0", true, ""));
                marks.add(new Mark(BIDS.get(i), seat, "1", new BigDecimal(points[i]), ""));
            }
        }
        Evaluation evaluation = new Evaluation(evaluationTerms(""), verdicts, marks, List.of(), List.of());
        return EvaluationDocument.of("TECHNICAL", evaluation, RANDOM);
    }

    private EvaluationDocument priced() {
        List<OpenedPrice> prices = BIDS.stream()
                .map(bid ->
                        new OpenedPrice(bid, new String(content(bid, "PRICE").bytes(), StandardCharsets.UTF_8)))
                .toList();
        Evaluation evaluation =
                new Evaluation(evaluationTerms("00".repeat(Draw.SEED)), List.of(), List.of(), prices, List.of());
        return EvaluationDocument.of("PRICE", evaluation, RANDOM);
    }

    private void score(EvaluationDocument document) {
        members.put("evaluation/" + document.envelope() + ".json", bytes(document.json()));
        act(
                "tender.scored",
                List.of(new Party(buyer, PartyRole.BUYER)),
                Map.of("envelope", document.envelope(), "qualified", names(), "root", document.root()),
                List.of());
    }

    void award(UUID bid, String amount) {
        acts.removeIf(act -> act.type().equals("tender.awarded"));
        act(
                "tender.awarded",
                List.of(new Party(buyer, PartyRole.BUYER), new Party(bidder(bid), PartyRole.BIDDER)),
                Map.of("amount", amount, "bid", bid.toString(), "currency", "CNY", "lot", "1"),
                List.of());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Another text in one of the papers. */
    void change(String member, String from, String to) {
        String text = new String(members.getOrDefault(member, new byte[0]), StandardCharsets.UTF_8);
        if (!text.contains(from)) {
            throw new IllegalStateException(member + " does not hold " + from);
        }
        members.put(member, bytes(text.replaceFirst(Pattern.quote(from), to)));
    }

    /** The bundle of these acts. */
    String document(Subject subject) {
        Founding founding = new Founding(
                List.of(new Founding.Founder(new UUID(1, 1), OrganisationKind.REGULATOR, true, List.of())));
        List<Bundle.Line> lines = new ArrayList<>();
        JournalEntry before = JournalEntry.of(0, START, founding.json(), JournalEntry.ORIGIN);
        lines.add(new Bundle.Line(before, founding.json()));
        for (Act act : acts) {
            String json = new SignedAct(act, List.of()).json();
            before = JournalEntry.of(lines.size(), act.occurredAt(), json, before.hash());
            lines.add(new Bundle.Line(before, json));
        }
        SubjectStatement statement = new SubjectStatement(subject, null, 0, 0, START, "ab".repeat(32), "");
        return new Bundle(List.of(statement), founding, lines, List.of()).json();
    }
}
