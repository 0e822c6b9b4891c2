package org.yiqi.benchmarks;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Signs in on the page as a person does, to ask for pages with the session's cookie. */
final class Browser {

    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient http;
    private final String base;
    private final String session;

    Browser(Instance instance, String username) throws IOException, InterruptedException {
        CookieManager cookies = new CookieManager();
        http = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        base = instance.base();
        Matcher state = STATE.matcher(
                send(HttpRequest.newBuilder(address("/login")).build()).body());
        if (!state.find()) {
            throw new IOException("the login page has no form");
        }
        String form = Map.of(
                        "login",
                        "login",
                        "login:username",
                        username,
                        "login:password",
                        Client.PASSWORD,
                        "login:signIn",
                        "login:signIn",
                        "jakarta.faces.ViewState",
                        state.group(1))
                .entrySet()
                .stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        if (answer.statusCode() != 302) {
            throw new IOException("signing in as " + username + " answered " + answer.statusCode());
        }
        session = cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::toString)
                .collect(Collectors.joining("; "));
    }

    URI address(String path) {
        return URI.create(base + path);
    }

    /** The header that says who asks. */
    String[] cookie() {
        return new String[] {"Cookie", session};
    }

    /** How long a whole answer takes. */
    double seconds(String path) throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address(path)).build());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
