package org.yiqi.system.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.http.Method;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yiqi.system.Platform;

/**
 * Reads {@code /openapi} and tries each operation as nobody and as each role, against the codes in {@code matrix.txt}; an
 * operation that is missing there fails the test. Ids that do not exist are used, so whoever may do a thing gets 404 and
 * who may not gets 403. With {@code -Dmatrix.record} the lines as they are now are printed, to extend the table with after
 * reading them.
 */
class RoleMatrixIT {

    private static final Map<String, String> ACCOUNTS = new LinkedHashMap<>();

    static {
        ACCOUNTS.put("ORG_ADMIN", "shengyi.admin");
        ACCOUNTS.put("EQUIPMENT", "shengyi.equipment");
        ACCOUNTS.put("CLINICAL", "shengyi.doctor");
        ACCOUNTS.put("FINANCE", "shengyi.finance");
        ACCOUNTS.put("COMMITTEE", "shengyi.committee");
        ACCOUNTS.put("PARTY_COMMITTEE", "shengyi.party");
        ACCOUNTS.put("TECHNICIAN", "anxin.engineer");
        ACCOUNTS.put("SUPPLIER", "hengying.sales");
        ACCOUNTS.put("CARRIER", "anjie.driver");
        ACCOUNTS.put("RECYCLER", "lvyuan.agent");
        ACCOUNTS.put("PLATFORM_REVIEWER", "platform.reviewer");
        ACCOUNTS.put("PLATFORM_OPERATOR", "platform.operator");
        ACCOUNTS.put("REGULATOR", "health.inspector");
        ACCOUNTS.put("AUDITOR", "platform.auditor");
    }

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    /** 415 and 422 come before anyone looks for the thing. */
    private static final Set<Integer> REFUSED = Set.of(403, 404, 415, 422);

    private static final String NO_SUCH_ID = "018cc251-f400-7000-8000-00000000dead";

    private final Platform platform = Platform.shared();
    private final Matrix matrix = Matrix.read();

    @Test
    void everyOperationAnswersEveryRoleAsTheTableSays() {
        List<String> faults = new ArrayList<>();
        Set<String> known = new TreeSet<>(matrix.lines().keySet());
        for (String operation : operations()) {
            Matrix.Line line = matrix.lines().get(operation);
            known.remove(operation);
            if (System.getProperty("matrix.record") != null) {
                record(operation, line);
            } else if (line == null) {
                faults.add("not in matrix.txt: " + operation);
            } else if (!line.body().equals("skip")) {
                faults.addAll(probe(operation, line));
            }
        }
        known.forEach(gone -> faults.add("in matrix.txt but not in /openapi: " + gone));
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void whatATenantOwnsDoesNotExistForAnother() {
        List<String> faults = new ArrayList<>();
        List<String> operations = operations();
        int tried = 0;
        for (Matrix.Owned owned : matrix.owned()) {
            for (String stranger : List.of("zhongxin.admin", "zhongxin.equipment", "hengying.sales")) {
                String id = notShared(owned, stranger);
                if (id == null) {
                    // Rentals and orders are there only when other tests made some before.
                    continue;
                }
                tried++;
                for (String operation : operations) {
                    String path = operation.substring(operation.indexOf(' ') + 1);
                    Matrix.Line line = matrix.lines().get(operation);
                    if (!path.startsWith(owned.prefix())
                            || line == null
                            || line.body().equals("skip")) {
                        continue;
                    }
                    int code = call(platform.as(stranger), operation, id, line.body())
                            .statusCode();
                    if (!REFUSED.contains(code)) {
                        faults.add(operation + " of " + owned.owner() + " as " + stranger + ": " + code);
                    }
                }
            }
        }
        assertTrue(tried >= 3, "found nothing that a stranger could try");
        assertEquals("", String.join("\n", faults));
    }

    /** A thing that the owner sees and the stranger has no part in; of a list that all may read simply the first. */
    private @Nullable String notShared(Matrix.Owned owned, String stranger) {
        List<String> mine = platform.as(owned.owner()).get(owned.list()).path("items.id");
        List<String> theirs = platform.as(stranger).get(owned.list()).path("items.id");
        return mine.stream()
                .filter(id -> theirs == null || !theirs.contains(id))
                .findFirst()
                .orElse(mine.isEmpty() ? null : mine.get(0));
    }

    private List<String> probe(String operation, Matrix.Line line) {
        List<String> faults = new ArrayList<>();
        answers(operation, line.body()).forEach((role, code) -> {
            String expected = line.expected(role);
            if (!Arrays.asList(expected.split("/")).contains(String.valueOf(code))) {
                faults.add(operation + " as " + role + ": " + code + " instead of " + expected);
            }
        });
        return faults;
    }

    private Map<String, Integer> answers(String operation, String body) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        codes.put(
                "anonymous",
                call(platform.anonymous(), operation, NO_SUCH_ID, body).statusCode());
        ACCOUNTS.forEach((role, account) -> codes.put(
                role, call(platform.as(account), operation, NO_SUCH_ID, body).statusCode()));
        return codes;
    }

    private static Response call(RequestSpecification as, String operation, String id, String body) {
        String[] parts = operation.split(" ");
        String path = parts[1].replaceAll("\\{[^}]+}", id);
        RequestSpecification request = as.header("If-Match", "\"0\"");
        if (!body.equals("-")) {
            request = request.body(body.replace("$random", UUID.randomUUID().toString()));
        }
        return request.request(Method.valueOf(parts[0]), path);
    }

    private List<String> operations() {
        String document = RestAssured.given()
                .accept("application/json")
                .get(platform.base() + "/openapi")
                .asString();
        Map<String, Map<String, Object>> paths = JsonPath.from(document).getMap("paths");
        List<String> operations = new ArrayList<>();
        paths.forEach(
                (path, item) -> item.keySet().stream().filter(METHODS::contains).forEach(method -> {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.replaceFirst("^/api/v1", ""));
                }));
        return operations;
    }

    // The recorded lines are for a person who extends the table by hand.
    @SuppressWarnings("SystemOut")
    private void record(String operation, Matrix.Line line) {
        String body =
                line == null ? operation.startsWith("GET") || operation.startsWith("DELETE") ? "-" : "{}" : line.body();
        if (body.equals("skip")) {
            System.out.println("MATRIX " + operation + " | skip | *=0");
            return;
        }
        Map<String, Integer> codes = answers(operation, body);
        Map<Integer, Integer> often = new LinkedHashMap<>();
        codes.forEach((role, code) -> often.merge(code, 1, Integer::sum));
        int usual = often.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        StringBuilder out = new StringBuilder("MATRIX " + operation + " | " + body + " |");
        codes.forEach((role, code) -> {
            boolean expected = role.equals("anonymous") ? code == 401 : code == usual;
            if (!expected) {
                out.append(' ').append(role).append('=').append(code);
            }
        });
        System.out.println(out.append(" *=").append(usual));
    }
}
