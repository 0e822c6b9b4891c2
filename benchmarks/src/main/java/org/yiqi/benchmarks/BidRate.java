package org.yiqi.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.contract.sealing.SealedFile;

/**
 * The last minutes of a tender: bidders with 20 MB each, so many lines at once as fast as they can, which is more than a real hour
 * brings. Beside it the same bytes in the same pieces to a resource that drops them, and the check of one bid without a server.
 */
final class BidRate implements Benchmark {

    /** How many bidders; a tender that everybody bids for has 500, with 10 GB. */
    private static final String BIDDERS = "YIQI_BENCH_BIDDERS";

    private static final int LINES = 16;
    private static final int FILE = 20_000_000;
    /** As the tool sends it. */
    private static final int PIECE = 4 * 1024 * 1024;

    private static final double P95 = 0.95;
    /** 500 bidders in ten minutes. */
    private static final double MEGABYTES_PER_SECOND = 500L * FILE / 1e6 / 600;

    private static final double MOST_SECONDS = 2;
    private static final int CHECKS = 5;
    private static final int MOST_MORE_MEGABYTES = 700;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int bidders = Integer.parseInt(System.getenv().getOrDefault(BIDDERS, "60"));
    private final byte[] file = new byte[FILE];

    BidRate() {
        ThreadLocalRandom.current().nextBytes(file);
    }

    @Override
    public String name() {
        return "bids";
    }

    @Override
    public List<Figure> run(Workplace workplace) throws Exception {
        double bare;
        try (Instance reference = Instance.start(
                workplace, workplace.bareWar(), workplace.folder("data").resolve("bids-bare"), 15800, "--no-demo")) {
            URI address = URI.create(reference.base() + "/bare");
            atOnce(LINES, () -> put(address, at -> "", "", file));
            bare = megabytesPerSecond(bidders, () -> put(address, at -> "", "", file));
        }
        Path data = workplace.folder("data").resolve("bids");
        try (Instance instance = Instance.start(workplace, workplace.application(), data, 15800, "--fresh")) {
            SealTerms terms;
            try (Connection c = instance.administrator()) {
                terms = BidderProgram.terms(c);
            }
            String digest = SealedFile.digest(new ByteArrayInputStream(file));
            List<Double> receipts = Collections.synchronizedList(new ArrayList<>());
            // Before it counts, as many as there are lines.
            atOnce(LINES, () -> bid(instance, terms, digest));
            long before = instance.mostMemory();
            double ours = megabytesPerSecond(bidders, () -> {
                receipts.add(bid(instance, terms, digest));
                return null;
            });
            long after = instance.mostMemory();
            Collections.sort(receipts);
            double receipt = receipts.get((int) Math.round(P95 * (receipts.size() - 1)));
            return figures(ours, bare, receipt, checkAlone(terms, digest), before, after);
        }
    }

    private List<Figure> figures(double ours, double bare, double receipt, double alone, long before, long after) {
        return List.of(
                new Figure(
                        "bids of 20 MB, MB/s by " + bidders + " bidders / a bare resource",
                        Figure.perSecond(ours),
                        Figure.perSecond(bare),
                        ours / bare,
                        String.format(Locale.ROOT, "at least %.0f/s", MEGABYTES_PER_SECOND),
                        ours >= MEGABYTES_PER_SECOND),
                new Figure(
                        "receipt after the upload, p95 / the check without a server",
                        Figure.seconds(receipt),
                        Figure.seconds(alone),
                        receipt / alone,
                        "at most 2 s",
                        receipt <= MOST_SECONDS),
                new Figure(
                        "most memory of the server, after them / before",
                        after / 1_000_000 + " MB",
                        before / 1_000_000 + " MB",
                        (double) after / before,
                        "at most " + MOST_MORE_MEGABYTES + " MB more",
                        after - before <= MOST_MORE_MEGABYTES * 1_000_000L));
    }

    /** The whole way of one bid; answers how long the receipt took once the bytes were there. */
    private double bid(Instance instance, SealTerms terms, String digest) throws Exception {
        BidderProgram bidder = BidderProgram.register(instance, terms);
        String bids = instance.base() + "/api/v1/tenders/" + terms.tender() + "/bids";
        String id = BidderProgram.text(send("POST", bids, bidder.token(), "application/json", bidder.start()), "id");
        SealedBid sealed = bidder.seal(digest, file.length);
        for (SealedBid.Sealed each : sealed.envelopes()) {
            byte[] all = bidder.bytes(each.envelope(), each.files().isEmpty() ? new byte[0] : file);
            put(
                    URI.create(bids + "/" + id + "/envelopes/" + each.envelope()),
                    at -> "?offset=" + at,
                    bidder.token(),
                    all);
        }
        long began = System.nanoTime();
        String toSign =
                send("POST", bids + "/" + id + "/stamp", bidder.token(), "application/json", bidder.manifest(sealed));
        send("POST", bids + "/" + id + "/submit", bidder.token(), "application/json", bidder.signature(toSign));
        return (System.nanoTime() - began) / 1e9;
    }

    /** What a server has to compute for a receipt, if it had nothing else to do. */
    private double checkAlone(SealTerms terms, String digest) throws IOException {
        BidderProgram bidder = new BidderProgram(terms);
        SealedBid sealed = bidder.seal(digest, file.length);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < CHECKS; i++) {
            long began = System.nanoTime();
            boolean holds = sealed.objection(terms).isEmpty()
                    && SealedFile.digest(new ByteArrayInputStream(file)).equals(digest);
            times.add((System.nanoTime() - began) / 1e9);
            if (!holds) {
                throw new IllegalStateException("a bid that does not hold");
            }
        }
        Collections.sort(times);
        return times.get(CHECKS / 2);
    }

    private interface Query {
        String at(int offset);
    }

    private @Nullable Void put(URI address, Query query, String token, byte[] all)
            throws IOException, InterruptedException {
        for (int at = 0; at < all.length; at += PIECE) {
            byte[] piece = Arrays.copyOfRange(all, at, Math.min(all.length, at + PIECE));
            send("PUT", address + query.at(at), token, "application/octet-stream", piece);
        }
        return null;
    }

    private String send(String method, String address, String token, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .headers("Content-Type", type, "Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(address + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static double megabytesPerSecond(int times, Callable<?> work) throws Exception {
        long began = System.nanoTime();
        atOnce(times, work);
        return times * (FILE / 1e6) / ((System.nanoTime() - began) / 1e9);
    }

    private static void atOnce(int times, Callable<?> work) throws Exception {
        ExecutorService lines = Executors.newFixedThreadPool(LINES);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                all.add(lines.submit(work));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            lines.shutdownNow();
        }
    }
}
