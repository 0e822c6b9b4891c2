package org.yiqi.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests by a few clients at once, each after the answer to its last, and how long the answers took. */
final class Load {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int clients;

    Load(int clients) {
        this.clients = clients;
    }

    /** How long answers took, in milliseconds, sorted. */
    record Times(List<Double> sorted) {

        double percentile(double share) {
            return sorted.get((int) Math.round(share * (sorted.size() - 1)));
        }
    }

    /** Asks for the addresses in turn. An answer other than 200 ends the measurement. */
    Times get(List<URI> addresses, int requests, String... headers) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<List<Double>>> parts = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int first = client;
                parts.add(pool.submit(() -> one(addresses, first, requests / clients, headers)));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> part : parts) {
                all.addAll(part.get());
            }
            Collections.sort(all);
            return new Times(all);
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Double> one(List<URI> addresses, int first, int requests, String... headers)
            throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(addresses.get((first + i * clients) % addresses.size()));
            if (headers.length > 0) {
                request.headers(headers);
            }
            long began = System.nanoTime();
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            times.add((System.nanoTime() - began) / 1e6);
            if (answer.statusCode() != 200) {
                throw new IOException(answer.uri() + " answered " + answer.statusCode());
            }
        }
        return times;
    }
}
