package org.yiqi.benchmarks;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.yiqi.contract.Act;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.Envelope;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.shared.Ids;

/** A bidder of its own organisation, whose attachment is bytes that stand for a sealed one: nobody opens them here. */
final class BidderProgram {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SealTerms terms;
    private final KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(RANDOM);
    private final String token = "yq_" + UUID.randomUUID();
    private final Map<String, byte[]> ciphertexts = new HashMap<>();

    BidderProgram(SealTerms terms) {
        this.terms = terms;
    }

    /** With an approved organisation and a key to the API, as if it had been a member for long. */
    static BidderProgram register(Instance instance, SealTerms terms) throws IOException, SQLException {
        BidderProgram bidder = new BidderProgram(terms);
        UUID org = Ids.next();
        try (Connection c = instance.administrator();
                PreparedStatement member = c.prepareStatement("""
                    insert into organisation.organisation(id, kind, name_zh, name_en, credit_code, region_code, status, created_at)
                    values (?, 'SUPPLIER', ?, ?, ?, '330100', 'APPROVED', now())\
                    """);
                PreparedStatement key = c.prepareStatement("""
                    insert into organisation.access_token(id, hash, org_id, roles, scopes, created_at, expires_at)
                    values (?, ?, ?, '{SUPPLIER}', '{procurement:read,procurement:write}', now(), now() + interval '1 day')\
                    """)) {
            member.setObject(1, org);
            for (int i = 2; i <= 4; i++) {
                member.setString(i, org.toString());
            }
            member.executeUpdate();
            key.setObject(1, Ids.next());
            key.setBytes(2, MessageDigest.getInstance("SHA-256").digest(bidder.token.getBytes(StandardCharsets.UTF_8)));
            key.setObject(3, org);
            key.executeUpdate();
            return bidder;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a tender of the demo region that takes bids for a month, once its publication is recorded. */
    static SealTerms terms(Connection c) throws SQLException, InterruptedException {
        List<Act> chain = recorded(c);
        while (chain.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(200);
            chain = recorded(c);
        }
        return SealTerms.of(chain);
    }

    private static List<Act> recorded(Connection c) throws SQLException {
        List<Act> chain = new ArrayList<>();
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                    select document from ledger.act where state = 'RECORDED' and subject = (
                      select 'tender:' || t.id from procurement.tender t where state = 'TENDERING'
                      and not exists (select 1 from procurement.amendment a where a.tender_id = t.id) order by number limit 1)
                    order by journal_position\
                    """)) {
            while (rs.next()) {
                chain.add(SignedAct.parse(rs.getString(1)).act());
            }
        }
        return chain;
    }

    String token() {
        return token;
    }

    byte[] start() {
        return Json.createObjectBuilder()
                .add("lot", terms.lots().get(0))
                .add("publicKey", publicKey())
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private String publicKey() {
        return base64(pair.getPublic().getEncoded());
    }

    /** The attachment is in the technical envelope. */
    SealedBid seal(String digest, long attachment) {
        List<SealedBid.Sealed> envelopes = new ArrayList<>();
        for (String name : terms.envelopes()) {
            boolean price = name.equals("PRICE");
            BidContent content = BidContent.of(
                    name,
                    price ? Map.of("amount", "4711", "currency", "CNY") : Map.of("statement", "as wanted"),
                    List.of(),
                    RANDOM);
            Envelope envelope =
                    Envelope.seal(terms.context(terms.lots().get(0), publicKey(), 1, name), content.bytes(), RANDOM);
            ciphertexts.put(name, envelope.ciphertext());
            envelopes.add(new SealedBid.Sealed(
                    name,
                    envelope.deal(),
                    envelope.ciphertext().length,
                    price ? List.of() : List.of(new SealedBid.File(digest, attachment))));
        }
        return new SealedBid(terms.tender(), terms.lots().get(0), publicKey(), 1, terms.terms(), envelopes);
    }

    /** An envelope's bytes: its own and then its attachment's. */
    byte[] bytes(String envelope, byte[] attachment) {
        byte[] own = Objects.requireNonNull(ciphertexts.get(envelope));
        byte[] all = new byte[own.length + attachment.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(attachment, 0, all, own.length, attachment.length);
        return all;
    }

    byte[] manifest(SealedBid sealed) {
        return object("manifest", sealed.json());
    }

    byte[] signature(String toSign) {
        byte[] act = Base64.getDecoder().decode(text(toSign, "bytes"));
        return object(
                "signature",
                base64(SignatureAlgorithm.SM2_SM3.sign(pair.getPrivate().getEncoded(), act)));
    }

    private static byte[] object(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build().toString().getBytes(StandardCharsets.UTF_8);
    }

    static String text(String json, String name) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject().getString(name);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
