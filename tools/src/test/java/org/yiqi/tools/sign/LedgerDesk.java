package org.yiqi.tools.sign;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.Founding;
import org.yiqi.contract.Head;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.LedgerState;
import org.yiqi.contract.MemoryState;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.Outcome;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;

/** The part of the platform's API that signing uses, over the ledger's real rules; it lies when a test wants it to. */
final class LedgerDesk implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final LedgerState state = new MemoryState();
    final UUID org = id(3);
    final UUID stranger = id(4);
    final Map<UUID, SignedAct> waiting = new LinkedHashMap<>();
    final Map<UUID, String> outcomes = new HashMap<>();
    /** How the bytes of an act are told, and its digest. */
    UnaryOperator<byte[]> bytesTold = bytes -> bytes;

    UnaryOperator<String> digestTold = digest -> digest;

    private final UUID platform = id(1);
    private final UUID regulator = id(2);
    private final KeyPair platformPair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
    private final OrganisationKey platformKey = key(platform, platformPair);
    private final HttpServer server;
    private int serial = 100;

    LedgerDesk() throws IOException {
        LedgerRules.found(
                new Founding(List.of(
                        new Founding.Founder(platform, OrganisationKind.PLATFORM, true, List.of(platformKey)),
                        new Founding.Founder(
                                regulator,
                                OrganisationKind.REGULATOR,
                                true,
                                List.of(key(regulator, SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom())))))),
                state);
        for (UUID member : List.of(org, stranger)) {
            record(byPlatform(act(
                    "org.registered",
                    Subject.organisation(member),
                    NOON,
                    Map.of("kind", "HOSPITAL"),
                    new Party(platform, PartyRole.REGISTRAR))));
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static UUID id(int number) {
        return new UUID(0x0192000000007000L, 0x8000000000000000L + number);
    }

    private static OrganisationKey key(UUID org, KeyPair pair) {
        return OrganisationKey.of(
                org, SignatureAlgorithm.SM2_SM3, pair.getPublic().getEncoded(), OrganisationKey.Custody.MANAGED);
    }

    Act act(String type, Subject subject, Instant at, Map<String, Object> body, Party... parties) {
        String previous = LedgerQueries.head(subject, state).map(Head::digest).orElse(null);
        return new Act(id(serial++), type, 1, subject, at, List.of(parties), body, List.of(), previous);
    }

    /** An act that makes a unit somebody's. */
    Act registration(UUID owner, Instant at) {
        return act(
                "custody.registered", Subject.custody(id(serial++)), at, Map.of(), new Party(owner, PartyRole.OWNER));
    }

    Act await(Act act) {
        waiting.put(act.id(), new SignedAct(act, List.of()));
        return act;
    }

    private SignedAct byPlatform(Act act) {
        return new SignedAct(
                act,
                List.of(ActSignature.by(
                        platform,
                        platformKey.keyId(),
                        platformKey.alg(),
                        platformPair.getPrivate().getEncoded(),
                        act)));
    }

    private void record(SignedAct act) {
        Outcome outcome = LedgerRules.record(List.of(act), state).get(0);
        if (outcome.status() != Outcome.Status.RECORDED) {
            throw new IllegalStateException(String.valueOf(outcome.refusal()));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api/v1".length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer;
        if (!"Bearer secret-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer = problem(401, "shared.not-signed-in");
        } else if (exchange.getRequestMethod().equals("POST")) {
            answer = path.equals("/ledger/keys") ? bring(read(body)) : sign(actOf(path), read(body));
        } else {
            answer = get(path);
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private record Answer(int status, String body) {}

    private static Answer problem(int status, String code) {
        return new Answer(
                status,
                Json.createObjectBuilder()
                        .add("code", code)
                        .add("detail", "no")
                        .build()
                        .toString());
    }

    private static JsonObject read(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    private static UUID actOf(String path) {
        return UUID.fromString(path.split("/", -1)[3]);
    }

    private Answer get(String path) {
        if (path.equals("/me")) {
            return new Answer(
                    200,
                    Json.createObjectBuilder()
                            .add("organisationId", org.toString())
                            .add("organisationNameZh", "人民医院")
                            .add("organisationNameEn", "People’s Hospital")
                            .build()
                            .toString());
        }
        if (path.equals("/ledger/keys")) {
            return new Answer(200, keys());
        }
        if (path.equals("/ledger/acts")) {
            JsonArrayBuilder items = Json.createArrayBuilder();
            waiting.keySet().forEach(act -> items.add(Json.createObjectBuilder().add("id", act.toString())));
            return new Answer(
                    200, Json.createObjectBuilder().add("items", items).build().toString());
        }
        if (path.startsWith("/ledger/acts/")) {
            return new Answer(200, toSign(waiting.get(actOf(path))));
        }
        if (path.equals("/organisations/" + org)) {
            return new Answer(200, "{\"nameZh\":\"人民医院\",\"nameEn\":\"People’s\\u001b[2J Hospital\"}");
        }
        return problem(404, "shared.not-found");
    }

    private String keys() {
        JsonArrayBuilder keys = Json.createArrayBuilder();
        List<OrganisationKey> known = LedgerQueries.keys(org, state);
        Stream<OrganisationKey> coming = waiting.values().stream()
                .flatMap(act -> LedgerRules.newKey(act.act()).stream())
                .filter(key -> known.stream().noneMatch(old -> old.keyId().equals(key.keyId())));
        Stream.concat(known.stream(), coming)
                .forEach(key -> keys.add(Json.createObjectBuilder()
                        .add("keyId", key.keyId())
                        .add("custody", key.custody().name())
                        .add("state", !known.contains(key) ? "WAITING" : key.active() ? "VALID" : "REVOKED")));
        return keys.build().toString();
    }

    private String toSign(SignedAct signed) {
        JsonArrayBuilder signatures = Json.createArrayBuilder();
        signed.signatures()
                .forEach(each -> signatures.add(Json.createObjectBuilder().add("keyId", each.keyId())));
        return Json.createObjectBuilder()
                .add("actId", signed.act().id().toString())
                .add(
                        "bytes",
                        Base64.getEncoder()
                                .encodeToString(bytesTold.apply(signed.act().bytes())))
                .add("digest", digestTold.apply(signed.act().digest()))
                .add("signatures", signatures)
                .build()
                .toString();
    }

    /** As the platform does: the first key with the registrar's word, the next in place of the one before. */
    private Answer bring(JsonObject request) {
        OrganisationKey key = OrganisationKey.of(
                org,
                SignatureAlgorithm.valueOf(request.getString("alg")),
                Base64.getDecoder().decode(request.getString("publicKey")),
                OrganisationKey.Custody.HELD);
        Map<String, Object> body = new HashMap<>(key.body());
        List<Party> parties = new ArrayList<>(List.of(new Party(org, PartyRole.ORGANISATION)));
        String type = "org.key-registered";
        for (OrganisationKey before : LedgerQueries.keys(org, state)) {
            if (before.active()) {
                body.put("replaces", before.keyId());
                type = "org.key-rotated";
            }
        }
        if (!body.containsKey("replaces")) {
            parties.add(new Party(platform, PartyRole.REGISTRAR));
        }
        Act act = act(type, Subject.organisation(org), NOON, body, parties.toArray(Party[]::new));
        waiting.put(act.id(), body.containsKey("replaces") ? new SignedAct(act, List.of()) : byPlatform(act));
        return new Answer(
                201,
                Json.createObjectBuilder()
                        .add("keyId", key.keyId())
                        .add("custody", "HELD")
                        .add("state", "WAITING")
                        .add("actId", act.id().toString())
                        .build()
                        .toString());
    }

    private Answer sign(UUID id, JsonObject request) {
        SignedAct before = waiting.get(id);
        List<ActSignature> signatures = new ArrayList<>(before.signatures());
        signatures.add(new ActSignature(
                org,
                request.getString("keyId"),
                SignatureAlgorithm.valueOf(request.getString("alg")),
                request.getString("value")));
        SignedAct signed = new SignedAct(before.act(), signatures);
        Outcome outcome = LedgerRules.record(List.of(signed), state).get(0);
        boolean more = outcome.refusal() != null && outcome.refusal().name().equals("MISSING_SIGNATURE");
        outcomes.put(
                id, outcome.refusal() == null ? "RECORDED" : outcome.refusal().code());
        if (outcome.refusal() != null && !more) {
            return problem(422, outcome.refusal().code());
        }
        if (more) {
            waiting.put(id, signed);
        } else {
            waiting.remove(id);
        }
        return new Answer(
                200,
                Json.createObjectBuilder()
                        .add("state", more ? "WAITING_SIGNATURE" : "PENDING")
                        .build()
                        .toString());
    }
}
