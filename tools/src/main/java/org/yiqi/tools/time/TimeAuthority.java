package org.yiqi.tools.time;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.tsp.TSPException;
import org.yiqi.tools.Texts;
import org.yiqi.tools.sign.KeyOptions;
import org.yiqi.tools.sign.Sign;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves time stamps over HTTP, as RFC 3161, section 3.4 has it, until it is ended. */
@Command(
        name = "time-authority",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says when something existed (RFC 3161), until it is ended: a regulator runs it, never the platform.",
            "Make its key first: sign new-key --key FILE. Then a regulator puts its certificate on the ledger."
        })
public final class TimeAuthority implements Callable<Integer> {

    private static final int LARGEST_REQUEST = 8 * 1024;
    private static final int THREADS = 8;

    @Spec
    CommandSpec spec;

    @Mixin
    KeyOptions key;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            required = true,
            description = "the key's certificate (PEM); one is made if the file is not there")
    Path certificate;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "the authority's name in a new certificate (default: ${DEFAULT-VALUE})")
    String name = "Time authority";

    @Option(names = "--host", paramLabel = "HOST", description = "where to listen (default: ${DEFAULT-VALUE})")
    String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "on which port (default: ${DEFAULT-VALUE})")
    int port = 3318;

    @Option(names = "--lang", paramLabel = "LANG", description = "en or zh (default: ${DEFAULT-VALUE})")
    String language = Texts.ownLanguage();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Texts texts = new Texts("org.yiqi.tools.time.texts", language.equals("zh") ? "zh" : "en");
            TimeStamper stamper = TimeStamper.open(key.open(), certificate, name, Clock.systemUTC());
            HttpServer server = serve(stamper, new InetSocketAddress(host, port));
            out.println(texts.format(
                    "serving", "http://" + host + ":" + server.getAddress().getPort() + "/", stamper.fingerprint()));
            out.flush();
            new CountDownLatch(1).await();
            return 0;
        } catch (IOException | GeneralSecurityException e) {
            spec.commandLine().getErr().println("yiqi: " + e.getMessage());
            return Sign.UNANSWERED;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }

    /** The server, running; its caller stops it. */
    static HttpServer serve(TimeStamper stamper, InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "time-authority");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(stamper, exchange);
            }
        });
        server.start();
        return server;
    }

    private static void answer(TimeStamper stamper, HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, "application/x-pem-file", stamper.pem().getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            send(
                    exchange,
                    405,
                    "text/plain",
                    "GET the certificate or POST a request\n".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        byte[] request = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
        if (request.length > LARGEST_REQUEST) {
            send(exchange, 413, "text/plain", "a request is small\n".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        try {
            send(exchange, 200, "application/timestamp-reply", stamper.answer(request));
        } catch (IOException | TSPException e) {
            send(exchange, 400, "text/plain", "not a request of RFC 3161\n".getBytes(StandardCharsets.US_ASCII));
        } catch (RuntimeOperatorException e) {
            send(exchange, 503, "text/plain", "the key does not sign\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
