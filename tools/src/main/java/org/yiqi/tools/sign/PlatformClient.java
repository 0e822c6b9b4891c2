package org.yiqi.tools.sign;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.SignatureAlgorithm;

/** The platform's API as far as the tools need it. What it answers is shown, and never signed unread. */
public final class PlatformClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final String token;
    private final HttpClient http;

    PlatformClient(URI base, String token, @Nullable Path authority) throws IOException {
        this.base = base;
        this.token = token;
        if (base.getHost() == null || base.getScheme() == null) {
            throw new IOException("--url is an address such as https://yiqi.example");
        }
        // A token that travels in clear is soon somebody else's.
        if (!base.getScheme().equals("https")
                && !InetAddress.getByName(base.getHost()).isLoopbackAddress()) {
            throw new IOException("a token is sent over https only, except to this machine");
        }
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        if (authority != null) {
            builder.sslContext(trusting(authority));
        }
        http = builder.build();
    }

    /** Who asks, and for which organisation. */
    public record Me(UUID organisation, String nameZh, String nameEn) {}

    /**
     * An act that waits, as the platform tells of it.
     *
     * @param bytes what a signature covers, in Base64
     * @param signedBy ids of the keys that have signed
     */
    record Waiting(String bytes, String digest, List<String> signedBy) {}

    /** A key as the platform knows it. */
    record Key(
            String keyId,
            String custody,
            String state,
            @Nullable UUID act) {}

    /** The platform refused. */
    public static final class Refused extends IOException {
        Refused(String message) {
            super(message);
        }
    }

    public Me me() throws IOException {
        JsonObject me = get("/me").asJsonObject();
        return new Me(
                UUID.fromString(me.getString("organisationId")),
                me.getString("organisationNameZh", ""),
                me.getString("organisationNameEn", ""));
    }

    List<Key> keys() throws IOException {
        return get("/ledger/keys").asJsonArray().getValuesAs(JsonObject.class).stream()
                .map(PlatformClient::key)
                .toList();
    }

    private static Key key(JsonObject key) {
        String act = key.getString("actId", "");
        return new Key(
                key.getString("keyId"),
                key.getString("custody"),
                key.getString("state"),
                act.isEmpty() ? null : UUID.fromString(act));
    }

    /** Brings a held key in; the answer names the act that must be signed with it. */
    Key bring(SignatureAlgorithm alg, byte[] publicKey) throws IOException {
        JsonObject body = Json.createObjectBuilder()
                .add("custody", "HELD")
                .add("alg", alg.name())
                .add("publicKey", Base64.getEncoder().encodeToString(publicKey))
                .build();
        return key(post("/ledger/keys", body).asJsonObject());
    }

    /** Ids of all acts that wait for the organisation's signature, the oldest first. */
    List<UUID> waiting(UUID organisation) throws IOException {
        List<UUID> ids = new ArrayList<>();
        String path = "/ledger/acts?state=WAITING_SIGNATURE&sort=createdAt&limit=200&signer=" + organisation;
        Optional<String> cursor = Optional.empty();
        do {
            JsonObject page =
                    get(path + cursor.map(next -> "&cursor=" + next).orElse("")).asJsonObject();
            page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                    .map(act -> UUID.fromString(act.getString("id")))
                    .forEach(ids::add);
            cursor = Optional.ofNullable(page.getString("next", null));
        } while (cursor.isPresent());
        return ids;
    }

    Waiting act(UUID id) throws IOException {
        JsonObject act = get("/ledger/acts/" + id + "/signatures").asJsonObject();
        return new Waiting(
                act.getString("bytes"),
                act.getString("digest"),
                act.getJsonArray("signatures").getValuesAs(JsonObject.class).stream()
                        .map(signature -> signature.getString("keyId"))
                        .toList());
    }

    /** @return the act's state with this signature */
    String sign(UUID act, ActSignature signature) throws IOException {
        JsonObject body = Json.createObjectBuilder()
                .add("keyId", signature.keyId())
                .add("alg", signature.alg().name())
                .add("value", signature.value())
                .build();
        return post("/ledger/acts/" + act + "/signatures", body).asJsonObject().getString("state");
    }

    /** What the platform calls an organisation; nothing if it does not say. */
    Optional<String> organisation(UUID id, boolean zh) throws IOException {
        return found("/organisations/" + id).map(org -> org.getString(zh ? "nameZh" : "nameEn", ""));
    }

    /** What the platform calls a unit; nothing if the caller does not see it. */
    Optional<String> unit(UUID id, boolean zh) throws IOException {
        return found("/units/" + id).map(unit -> {
            JsonObject model = unit.getJsonObject("model");
            return model.getString(zh ? "nameZh" : "nameEn", "") + " · " + unit.getString("assetTag", "") + " · "
                    + unit.getString("serial", "");
        });
    }

    private Optional<JsonObject> found(String path) throws IOException {
        HttpResponse<String> answer = send(request(path).GET());
        return answer.statusCode() == 200 ? Optional.of(read(answer.body()).asJsonObject()) : Optional.empty();
    }

    public JsonValue get(String path) throws IOException {
        return answered(send(request(path).GET()));
    }

    public JsonValue post(String path, JsonObject body) throws IOException {
        return answered(send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
    }

    /** Sends bytes as they are. */
    public JsonValue put(String path, byte[] content) throws IOException {
        return answered(send(request(path)
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))));
    }

    /** A file of the platform's, such as a bundle. */
    public byte[] download(String path) throws IOException {
        HttpResponse<byte[]> answer = send(request(path).GET(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
            throw new Refused("the platform answers " + answer.statusCode());
        }
        return answer.body();
    }

    private static JsonValue answered(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 == 2) {
            return read(answer.body());
        }
        String why;
        try {
            JsonObject problem = read(answer.body()).asJsonObject();
            why = problem.getString("code", "") + ": " + problem.getString("detail", problem.getString("title", ""));
        } catch (IOException | ClassCastException e) {
            why = "no problem named";
        }
        throw new Refused("the platform answers " + answer.statusCode() + ", " + why);
    }

    private static JsonValue read(String text) throws IOException {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (JsonException e) {
            throw new IOException("the platform's answer is not JSON", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> reading)
            throws IOException {
        try {
            return http.send(request.build(), reading);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw new IOException("no platform answers at " + base + ": " + e.getMessage(), e);
        }
    }

    private static SSLContext trusting(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + i++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + pem + " cannot be used", e);
        }
    }
}
