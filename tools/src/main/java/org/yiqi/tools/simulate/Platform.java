package org.yiqi.tools.simulate;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The platform's API, as far as a fleet needs it: sign in, find units, get a secret for each. */
final class Platform {

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    Platform(URI base) {
        this.base = base;
    }

    /** Someone who may issue secrets. */
    record Account(String username, String password) {}

    /** A unit of the catalogue that can be simulated. */
    record SimulatedUnit(String id, String category) {}

    /** The demo's equipment departments, as {@code ./yiqi up} wrote them down. */
    static List<Account> equipmentDepartments(Path demoAccounts) throws IOException {
        if (!Files.exists(demoAccounts)) {
            throw new IOException("There is no " + demoAccounts
                    + ": start the platform with its demo (./yiqi up), name its data folder with --data,"
                    + " or give --username and --password.");
        }
        List<Account> accounts = new ArrayList<>();
        try (JsonReader reader =
                Json.createReader(new StringReader(Files.readString(demoAccounts, StandardCharsets.UTF_8)))) {
            for (JsonObject account : reader.readArray().getValuesAs(JsonObject.class)) {
                if (account.getString("role", "").equals("EQUIPMENT")) {
                    accounts.add(new Account(account.getString("username"), account.getString("password")));
                }
            }
        }
        return accounts;
    }

    String signIn(Account account) throws IOException, InterruptedException {
        String body = Json.createObjectBuilder()
                .add("username", account.username)
                .add("password", account.password)
                .build()
                .toString();
        HttpResponse<String> answer = send(request("/api/v1/tokens")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 201) {
            throw new IOException(
                    account.username + " cannot sign in (" + answer.statusCode() + "): check the password.");
        }
        return object(answer).getString("token");
    }

    /** Units that the caller sees, of kinds that can be simulated. */
    List<SimulatedUnit> units(String token, String categories) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(authorised("/api/v1/units?limit=200&category=" + categories, token)
                .GET());
        if (answer.statusCode() != 200) {
            throw new IOException("The list of units answers " + answer.statusCode() + ".");
        }
        JsonArray items = object(answer).getJsonArray("items");
        return items.getValuesAs(JsonObject.class).stream()
                .map(unit -> new SimulatedUnit(unit.getString("id"), unit.getString("category", "OTHER")))
                .toList();
    }

    Optional<SimulatedUnit> unit(String token, String id) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(authorised("/api/v1/units/" + id, token).GET());
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        JsonObject unit = object(answer);
        JsonObject model = unit.getJsonObject("model");
        String category = model == null ? unit.getString("category", "OTHER") : model.getString("category", "OTHER");
        return Optional.of(new SimulatedUnit(id, category));
    }

    /** A secret for the unit; empty when the caller is not its custodian. */
    Optional<String> secret(String token, String unitId) throws IOException, InterruptedException {
        String path = "/api/v1/units/" + unitId + "/device-credential";
        HttpResponse<String> answer = send(authorised(path, token).POST(HttpRequest.BodyPublishers.noBody()));
        if (answer.statusCode() == 409) {
            answer = send(authorised(path + "/rotate", token).POST(HttpRequest.BodyPublishers.noBody()));
        }
        return answer.statusCode() == 200 || answer.statusCode() == 201
                ? Optional.of(object(answer).getString("secret"))
                : Optional.empty();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    private HttpRequest.Builder authorised(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException(
                    "No platform answers at " + base + ": start it with ./yiqi up or name its --port.", e);
        }
    }

    private static JsonObject object(HttpResponse<String> answer) {
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
