package org.yiqi.system.fuzz;

import io.restassured.path.json.JsonPath;
import io.restassured.path.json.exception.JsonPathException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer must be, whatever was asked. */
final class Verdict {

    private static final Pattern INNER_LIFE = Pattern.compile(
            "org\\.yiqi\\.|\\b(?:java|jakarta|javax|com|org)\\.[a-z]+\\.[\\w.]*[A-Z]\\w+|\\w+Exception\\b|\\bat [\\w.$]+\\([\\w.]+:\\d+\\)"
                    + "|\\bERROR: |\\bSQLState|GlassFish|Payara|Grizzly");

    private Verdict() {}

    static List<String> on(Attempt attempt, HttpResponse<String> answer) {
        List<String> faults = new ArrayList<>();
        int status = answer.statusCode();
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (status >= 500) {
            faults.add("status " + status);
        } else if (!attempt.operation().statuses().contains(String.valueOf(status))
                && !(attempt.mayLeadElsewhere() && (status == 405 || status == 400))) {
            faults.add("undocumented status " + status);
        }
        // What is no HTTP the connector refuses by itself, with a bare 400; and an id with a slash may lead to a page.
        boolean bare = status == 400 && type.isEmpty() && answer.body().isEmpty();
        if (status >= 400 && !bare && !attempt.mayLeadElsewhere()) {
            faults.addAll(problem(status, type, answer.body()));
        }
        if (answer.headers().firstValue("X-Powered-By").isPresent()
                || answer.headers().firstValue("Server").isPresent()) {
            faults.add("says what server it is");
        }
        return faults;
    }

    private static List<String> problem(int status, String type, String body) {
        List<String> faults = new ArrayList<>();
        Matcher inner = INNER_LIFE.matcher(body);
        if (inner.find()) {
            faults.add("shows its inner life: " + inner.group());
        }
        if (!type.startsWith("application/problem+json")) {
            faults.add(status + " is " + (type.isEmpty() ? "nothing" : type));
            return faults;
        }
        try {
            Map<String, Object> problem = JsonPath.from(body).getMap("$");
            if (!(problem.get("code") instanceof String code) || !code.matches("[a-z-]+\\.[a-z0-9-]+")) {
                faults.add("code is " + problem.get("code"));
            }
            if (!Integer.valueOf(status).equals(problem.get("status"))) {
                faults.add(status + " says that it is " + problem.get("status"));
            }
        } catch (JsonPathException notJson) {
            faults.add(status + " is not JSON");
        }
        return faults;
    }
}
