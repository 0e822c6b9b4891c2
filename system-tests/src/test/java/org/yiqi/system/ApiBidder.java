package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.yiqi.contract.Act;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.Envelope;
import org.yiqi.contract.sealing.SealContext;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.contract.sealing.SealedFile;

/** A supplier of its own whose program seals a bid with the published protocol and hands it in by the API, step by step. */
final class ApiBidder {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Api api;
    private final SealTerms terms;
    private final String lot;
    private final UUID org = UUID.randomUUID();
    private final String token = "yq_" + UUID.randomUUID();
    private final KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(RANDOM);
    private String path = "";

    /** What is handed in: the public half and, by envelope, the bytes. */
    record Sealed(SealedBid bid, Map<String, byte[]> bytes) {}

    /** An approved supplier with a key to the API. */
    ApiBidder(Platform platform, SealTerms terms, String lot) throws SQLException {
        this.api = platform.api();
        this.terms = terms;
        this.lot = lot;
        try (Connection c = platform.administrator()) {
            execute(c, """
                insert into organisation.organisation(id, kind, name_zh, name_en, credit_code, region_code, status, created_at)
                values (?, 'SUPPLIER', ?, ?, ?, '330100', 'APPROVED', now())\
                """, org, "投标人 " + org, "Bidder" + " " + org, org.toString());
            execute(
                    c,
                    """
                    insert into organisation.access_token(id, hash, org_id, roles, scopes, created_at, expires_at)
                    values (?, ?, ?, '{SUPPLIER}', '{procurement:read,procurement:write}', now(), now() + interval '100 days')\
                    """,
                    UUID.randomUUID(),
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)),
                    org);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection c, String sql, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            s.executeUpdate();
        }
    }

    /** A tender of the demo region that takes bids for a month; nobody has the keys to open them. */
    static UUID openTender(Platform platform) throws SQLException {
        try (Connection c = platform.administrator();
                PreparedStatement s = c.prepareStatement("""
                    select id from procurement.tender t where state = 'TENDERING'
                    and not exists (select 1 from procurement.amendment a where a.tender_id = t.id) order by number limit 1\
                    """);
                ResultSet rs = s.executeQuery()) {
            rs.next();
            return rs.getObject(1, UUID.class);
        }
    }

    /** What bids of a tender are sealed for, once its publication is recorded. */
    static SealTerms terms(Platform platform, UUID tender) throws SQLException {
        Platform.await("the publication on the ledger", Duration.ofMinutes(3), () -> !recorded(platform, tender)
                .isEmpty());
        return SealTerms.of(recorded(platform, tender));
    }

    private static List<Act> recorded(Platform platform, UUID tender) {
        List<Act> chain = new ArrayList<>();
        try (Connection c = platform.administrator();
                PreparedStatement s = c.prepareStatement(
                        "select document from ledger.act where subject = ? and state = 'RECORDED' order by"
                                + " journal_position")) {
            s.setString(1, "tender:" + tender);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    chain.add(SignedAct.parse(rs.getString(1)).act());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return chain;
    }

    String token() {
        return token;
    }

    UUID org() {
        return org;
    }

    /** The bid's address below the API's. */
    String path() {
        return path;
    }

    RequestSpecification request() {
        return api.anonymous().header("Authorization", "Bearer " + token);
    }

    Response get() {
        return request().get(path);
    }

    /** Starts the bid, unless it was started without this program hearing of it. */
    ApiBidder start() {
        String bids = "/tenders/" + terms.tender() + "/bids";
        List<String> own = request().get(bids).then().statusCode(200).extract().path("id");
        if (!own.isEmpty()) {
            assertEquals(1, own.size(), "one bid, however often it was asked for");
            path = bids + "/" + own.get(0);
            return this;
        }
        Response started = request()
                .body(Map.of("lot", lot, "publicKey", base64(pair.getPublic().getEncoded())))
                .post(bids);
        assertEquals(201, started.statusCode(), started::asString);
        path = bids + "/" + started.path("id");
        return this;
    }

    /** Seals a price, and bytes of that size beside it in each envelope. */
    Sealed seal(int version, String price, int attachment) throws IOException {
        String key = base64(pair.getPublic().getEncoded());
        List<SealedBid.Sealed> envelopes = new ArrayList<>();
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        for (String name : terms.envelopes()) {
            SealContext context = terms.context(lot, key, version, name);
            byte[] fileKey = new byte[SealedFile.KEY];
            RANDOM.nextBytes(fileKey);
            byte[] file = new byte[attachment];
            byte[] said = price.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(said, 0, file, 0, Math.min(said.length, file.length));
            ByteArrayOutputStream sealedFile = new ByteArrayOutputStream();
            String digest = new SealedFile(fileKey, context, 0).seal(new ByteArrayInputStream(file), sealedFile);
            BidContent content = BidContent.of(
                    name,
                    Map.of("amount", price, "currency", "CNY"),
                    List.of(new BidContent.Attachment("报价.pdf", file.length, base64(fileKey))),
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
        return new Sealed(new SealedBid(terms.tender(), lot, key, version, terms.terms(), envelopes), bytes);
    }

    /** Goes on with what is not yet there, as the platform says. */
    void upload(Sealed sealed) {
        Map<String, Integer> here = get().path("uploaded");
        sealed.bytes.forEach((envelope, bytes) -> {
            int from = here == null ? 0 : here.getOrDefault(envelope, 0);
            if (from < bytes.length) {
                Response answer = send(envelope, from, Arrays.copyOfRange(bytes, from, bytes.length));
                assertEquals(200, answer.statusCode(), answer::asString);
            }
        });
    }

    Response send(String envelope, long from, byte[] bytes) {
        return request()
                .contentType("application/octet-stream")
                .queryParam("offset", from)
                .body(bytes)
                .put(path + "/envelopes/" + envelope);
    }

    /** Has it checked and stamped; answers the signature that submits it. */
    String stamp(Sealed sealed) {
        AtomicReference<Response> answer = new AtomicReference<>();
        // On a platform that has just been founded the first stamp waits for the authority's own act.
        Platform.await("a time authority on the ledger", Duration.ofMinutes(2), () -> {
            answer.set(request().body(Map.of("manifest", sealed.bid.json())).post(path + "/stamp"));
            return !"ledger.no-time-authority".equals(answer.get().path("code"));
        });
        Response stamped = answer.get();
        assertEquals(200, stamped.statusCode(), stamped::asString);
        byte[] act = Base64.getDecoder().decode(stamped.<String>path("bytes"));
        return base64(SignatureAlgorithm.SM2_SM3.sign(pair.getPrivate().getEncoded(), act));
    }

    Response submit(String signature) {
        return request().body(Map.of("signature", signature)).post(path + "/submit");
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
