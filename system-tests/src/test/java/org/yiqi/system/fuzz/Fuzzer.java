package org.yiqi.system.fuzz;

import io.restassured.path.json.JsonPath;
import io.restassured.path.json.exception.JsonPathException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.yiqi.system.Api;

/** Rounds over all operations, each with another request, as another role, until the time is over. */
final class Fuzzer {

    private static final int KNOWN_OF_EACH_KIND = 20;

    private final Api api;
    private final List<String> accounts;
    private final List<Operation> operations;
    private final Map<String, List<String>> known = new LinkedHashMap<>();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final Random random;
    private final Values values;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private int requests;

    Fuzzer(Api api, List<String> accounts, String openApi, long seed) {
        this.api = api;
        this.accounts = accounts;
        operations = Operation.readAll(openApi);
        random = new Random(seed);
        values = new Values(Operation.schemas(openApi), known, random);
    }

    /** Asks all lists first, so that requests can name things that exist. */
    void learn() throws IOException, InterruptedException {
        for (Operation operation : operations) {
            if (operation.method().equals("GET") && !operation.path().contains("{")) {
                for (String account : accounts) {
                    HttpRequest request = HttpRequest.newBuilder(
                                    URI.create(api.base() + operation.path() + "?limit=20"))
                            .header("Authorization", "Bearer " + token(account))
                            .build();
                    remember(operation, client.send(request, HttpResponse.BodyHandlers.ofString()));
                }
            }
        }
    }

    void run(Duration time, int atLeastRounds) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (int round = 0; round < atLeastRounds || System.nanoTime() < end; round++) {
            for (Operation operation : operations) {
                if (round >= atLeastRounds && System.nanoTime() > end) {
                    return;
                }
                attempt(new Attempt(operation, values, random), accounts.get(random.nextInt(accounts.size())));
            }
        }
    }

    private void attempt(Attempt attempt, String account) throws IOException, InterruptedException {
        requests++;
        try {
            HttpResponse<String> answer = send(attempt, account);
            for (String fault : Verdict.on(attempt, answer)) {
                note(
                        attempt.operation().name() + ": " + fault,
                        account + " " + attempt + " -> " + shown(answer.body()));
            }
            if (answer.statusCode() < 300) {
                remember(attempt.operation(), answer);
            }
        } catch (HttpTimeoutException e) {
            note(attempt.operation().name() + ": no answer in a minute", account + " " + attempt);
        } catch (IOException e) {
            note(attempt.operation().name() + ": hangs up without an answer", account + " " + attempt);
        }
    }

    /** Once more when the connection was just being closed: servers end idle and long used ones at any moment. */
    private HttpResponse<String> send(Attempt attempt, String account) throws IOException, InterruptedException {
        try {
            return client.send(
                    attempt.request(api.base(), token(account)),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException closed) {
            return client.send(
                    attempt.request(api.base(), token(account)),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }

    private void note(String fault, String example) {
        faults.putIfAbsent(fault, example);
    }

    private static String shown(String body) {
        return body.length() > 400 ? body.substring(0, 400) + "..." : body;
    }

    private String token(String account) {
        return account.isEmpty() ? "" : api.tokenOf(account);
    }

    /** Ids in lists and in created things become the ids of later requests. */
    private void remember(Operation operation, HttpResponse<String> answer) {
        String[] parts = operation.path().split("/");
        String kind = Values.kind(parts[parts.length - 1]);
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        List<String> documents = type.equals("application/jsonl")
                ? answer.body().lines().toList() // none as long as nothing was published
                : type.endsWith("json") ? List.of(answer.body()) : List.of();
        documents.forEach(document -> remember(operation, kind, document));
    }

    private void remember(Operation operation, String kind, String document) {
        try {
            Object json = JsonPath.from(document).get("$");
            Object items = Operation.map(json).get("items");
            for (Object item : items == null ? List.of(json) : Operation.list(items)) {
                Operation.map(item).forEach((name, value) -> {
                    if (value instanceof String id && id.matches("[0-9a-f-]{36}")) {
                        List<String> ids = known.computeIfAbsent(
                                name.equals("id") ? kind : Values.kind(name), k -> new ArrayList<>());
                        if (ids.size() < KNOWN_OF_EACH_KIND && !ids.contains(id)) {
                            ids.add(id);
                        }
                    }
                });
            }
        } catch (JsonPathException notJson) {
            note(operation.name() + ": is not the JSON that it says", shown(document));
        }
    }

    int operations() {
        return operations.size();
    }

    int requests() {
        return requests;
    }

    /** The first example of each kind of fault. */
    List<String> faults() {
        return faults.entrySet().stream()
                .map(fault -> fault.getKey() + "\n    " + fault.getValue())
                .toList();
    }
}
