package org.yiqi.procurement;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.BundleMaker;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.tenancy.Scope;

/**
 * What the platform answers about one tender, over HTTP, by its real services on a real database and ledger. A caller's token is the id
 * of its organisation; pages act for one supplier.
 */
final class BidDesk implements AutoCloseable {

    private static final Jsonb JSON = JsonbBuilder.create();
    private static final Map<String, Path> FOLDERS = Map.of(
            "/resources/", Path.of("../web-module/src/main/webapp/resources"),
            "/test/", Path.of("src/test/resources/org/yiqi/system"));
    private static final String POLICY = "default-src 'self'; connect-src 'self'; object-src 'none'; script-src 'self'";

    final List<Map<String, Object>> openersKeys = new ArrayList<>();
    /** Cuts the line after so many uploads. */
    int uploadsUntilCut = Integer.MAX_VALUE;

    UUID supplier = new UUID(0, 0);

    private final SealedTender tender;
    private final HttpServer server;

    BidDesk(SealedTender tender) throws IOException {
        this.tender = tender;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Object said;
            if (path.startsWith("/api/v1/")) {
                UUID org = UUID.fromString(
                        exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length()));
                said = api(org, path.substring("/api/v1".length()).split("/"), exchange, body);
            } else if (path.startsWith("/bid-room/")) {
                said = steps(supplier, path.substring("/bid-room/".length()).split("/"), exchange, body);
            } else {
                file(exchange, path);
                return;
            }
            byte[] answer =
                    said instanceof byte[] bytes ? bytes : JSON.toJson(said).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (BusinessException e) {
            byte[] problem = JSON.toJson(Map.of("code", e.code(), "detail", String.valueOf(e.getMessage())))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(422, problem.length);
            exchange.getResponseBody().write(problem);
        }
    }

    private static void file(HttpExchange exchange, String path) throws IOException {
        byte[] content = new byte[0];
        for (Map.Entry<String, Path> folder : FOLDERS.entrySet()) {
            Path file = folder.getValue().resolve(path.replaceFirst(folder.getKey(), ""));
            if (path.startsWith(folder.getKey()) && Files.exists(file)) {
                content = Files.readAllBytes(file);
            }
        }
        exchange.getResponseHeaders().set("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html");
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    private Object api(UUID org, String[] path, HttpExchange exchange, byte[] body) throws IOException {
        return switch (path[1]) {
            case "me" -> Map.of("organisationId", org.toString());
            case "oversight" -> proof();
            default -> tender(org, path, exchange, body);
        };
    }

    private Object tender(UUID org, String[] path, HttpExchange exchange, byte[] body) throws IOException {
        return switch (path[3]) {
            case "openers" -> {
                JsonObject key = json(body);
                openersKeys.add(Map.of(
                        "envelope", key.getString("envelope"),
                        "key", key.getString("key"),
                        "opener", org.toString(),
                        "proof", key.getString("proof")));
                yield Map.of();
            }
            case "opening" ->
                path[4].equals("shares")
                        ? as(org, () -> tender.openings()
                                .post(
                                        tender.tender,
                                        json(body).getString("list"),
                                        json(body).getString("signature")))
                        : as(org, () -> tender.openings().due(tender.tender, path[4]));
            default -> {
                if (path.length == 4 && exchange.getRequestMethod().equals("GET")) {
                    yield as(org, () -> tender.bids().own(tender.tender));
                }
                List<String> rest = new ArrayList<>(List.of(path).subList(4, path.length));
                rest.add(0, path[2]);
                if (rest.size() == 4) {
                    // The API names the envelope's bytes envelopes/NAME, the page just NAME.
                    rest.remove(2);
                }
                yield steps(org, rest.toArray(String[]::new), exchange, body);
            }
        };
    }

    private Object steps(UUID org, String[] path, HttpExchange exchange, byte[] body) throws IOException {
        if (path.length == 1) {
            return as(org, () -> tender.bids()
                    .start(
                            tender.tender,
                            json(body).getString("lot"),
                            json(body).getString("publicKey")));
        }
        UUID bid = UUID.fromString(path[1]);
        if (exchange.getRequestMethod().equals("PUT")) {
            if (uploadsUntilCut-- == 0) {
                throw new IOException("the line is dead");
            }
            long offset = Long.parseLong(exchange.getRequestURI().getQuery().substring("offset=".length()));
            return Map.of("size", as(org, () -> tender.uploads()
                    .upload(bid, path[2], offset, new ByteArrayInputStream(body))));
        }
        return switch (path[2]) {
            case "clear" -> as(org, () -> tender.clear(bid));
            case "replace" -> as(org, () -> tender.bids().replace(bid));
            case "receipt" -> as(org, () -> tender.bids().receipt(bid));
            case "stamp" ->
                as(org, () -> tender.envelopes().stamp(bid, json(body).getString("manifest")));
            case "submit" -> as(org, () -> tender.bids().submit(bid, json(body).getString("signature")));
            default -> withdraw(org, bid, body);
        };
    }

    private Object withdraw(UUID org, UUID bid, byte[] body) throws IOException {
        String signature = json(body).getString("signature", null);
        if (signature != null) {
            return as(org, () -> tender.bids().withdraw(bid, signature));
        }
        ToSign act = as(org, () -> tender.bids().withdraw(bid));
        Map<String, @Nullable Object> answer = new HashMap<>();
        answer.put("act", act);
        answer.put("bytes", act.bytes());
        return answer;
    }

    private <R> R as(UUID org, Callable<R> work) {
        boolean opener = tender.openers.contains(org);
        return opener ? tender.services.as(org, work) : tender.services.as(SealedTender.supplier(org), work);
    }

    private static JsonObject json(byte[] body) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        }
    }

    Bundle bundle() {
        try {
            return tender.db.inScope(Scope.SYSTEM, c -> tender.services
                    .get(BundleMaker.class)
                    .make(c, List.of(Subject.tender(tender.tender)))
                    .orElseThrow());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] proof() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("bundle.json"));
            zip.write(bundle().json().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
