package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.sealing.SealTerms;

/** In a tender's last minutes many lines are slow, and some are cut. */
class SlowBiddersIT {

    /** More than there are connections to the database. */
    private static final int SLOW = 60;

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Platform platform = Platform.shared();
    private final SealTerms terms;

    SlowBiddersIT() throws SQLException {
        terms = ApiBidder.terms(platform, ApiBidder.openTender(platform));
    }

    @Test
    void biddersWhoseLinesAreSlowKeepNobodyElseWaiting() throws Exception {
        ApiBidder quick = new ApiBidder(platform, terms, "1").start();
        ApiBidder.Sealed sealed = quick.seal(1, "4711", MEBIBYTE);
        List<Socket> lines = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                lines.add(halfSent(new ApiBidder(platform, terms, "1").start(), 2 * MEBIBYTE, MEBIBYTE + MEBIBYTE / 2));
            }
            HttpResponse<Void> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(platform.base() + "/login"))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertEquals(200, page.statusCode());
            quick.upload(sealed);
            assertEquals(200, quick.submit(quick.stamp(sealed)).statusCode());
        } finally {
            for (Socket line : lines) {
                line.close();
            }
        }
    }

    @Test
    void anUploadThatIsCutAtNineTenthsGoesOnThere() throws Exception {
        ApiBidder bidder = new ApiBidder(platform, terms, "1").start();
        ApiBidder.Sealed sealed = bidder.seal(1, "4711", 20 * MEBIBYTE);
        byte[] bytes = sealed.bytes().get("PRICE");
        int cut = bytes.length / 10 * 9;
        try (Socket line = line(bidder, bytes.length)) {
            line.getOutputStream().write(bytes, 0, cut);
            line.getOutputStream().flush();
            // All that is whole; the piece that was cut in the middle may be taken or not.
            Platform.await("nine tenths", PATIENCE, () -> here(bidder) >= cut / MEBIBYTE * MEBIBYTE);
        }
        // As long as the server has not noticed the end of the old line, bytes may still come from it.
        Platform.await("the rest", PATIENCE, () -> {
            int from = here(bidder);
            return bidder.send("PRICE", from, Arrays.copyOfRange(bytes, from, bytes.length))
                            .statusCode()
                    == 200;
        });
        bidder.upload(sealed);
        assertEquals(200, bidder.submit(bidder.stamp(sealed)).statusCode());
    }

    private static int here(ApiBidder bidder) {
        Map<String, Integer> here = bidder.get().path("uploaded");
        return here.getOrDefault("PRICE", 0);
    }

    /** A bidder that said it would send so much, sent less, and is still there. */
    private Socket halfSent(ApiBidder bidder, int said, int sent) throws IOException {
        Socket line = line(bidder, said);
        line.getOutputStream().write(new byte[sent]);
        line.getOutputStream().flush();
        return line;
    }

    private Socket line(ApiBidder bidder, int length) throws IOException {
        URI base = URI.create(platform.base());
        Socket line = new Socket(InetAddress.getByName(base.getHost()), base.getPort());
        OutputStream out = line.getOutputStream();
        out.write(("PUT /api/v1" + bidder.path() + "/envelopes/PRICE?offset=0 HTTP/1.1\r\nHost: localhost\r\n"
                        + "Authorization: Bearer " + bidder.token() + "\r\nContent-Type: application/octet-stream\r\n"
                        + "Content-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return line;
    }
}
