package org.yiqi.benchmarks;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A program that is signed in as one of the demo's people. */
final class Client {

    static final String PASSWORD = "Yiqi-demo-2026";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;
    private final String bearer;

    Client(Instance instance, String username) throws IOException, InterruptedException {
        api = instance.base() + "/api/v1";
        String body = Json.createObjectBuilder()
                .add("username", username)
                .add("password", PASSWORD)
                .build()
                .toString();
        JsonObject token = read(HttpRequest.newBuilder(URI.create(api + "/tokens"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        bearer = "Bearer " + token.getString("token");
    }

    /** The header that says who asks. */
    String[] authorization() {
        return new String[] {"Authorization", bearer};
    }

    URI address(String path) {
        return URI.create(api + path);
    }

    JsonObject get(String path) throws IOException, InterruptedException {
        return read(
                HttpRequest.newBuilder(address(path)).headers(authorization()).build());
    }

    JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
        return read(HttpRequest.newBuilder(address(path))
                .headers(authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private JsonObject read(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
