package org.yiqi.telemetry.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.WebhookSecrets;

/**
 * Sends what is due, signed, one at a time. A receiver that does not answer is asked again after 10 s, 20 s, 40 s, ... for
 * about a day. Addresses inside the platform's own network are refused unless its operator allows them, so that nobody uses
 * the platform to reach what they could not reach themselves.
 */
final class WebhookSender {

    private static final int MOST_ATTEMPTS = 14;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WebhookSecrets secrets;
    private final boolean privateNetworks;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    WebhookSender(WebhookSecrets secrets, boolean privateNetworks) {
        this.secrets = secrets;
        this.privateNetworks = privateNetworks;
    }

    private record Due(UUID id, UUID webhook, String url, String event, String body, int attempts) {}

    /** Sends one delivery that is due; false when there is none. The row stays locked meanwhile, so nobody else sends it. */
    boolean sendOne(Connection c, Instant now) throws SQLException {
        Due due = next(c, now);
        if (due == null) {
            return false;
        }
        String outcome = send(due, now);
        boolean delivered = outcome.startsWith("2");
        int attempts = due.attempts + 1;
        Instant next = delivered || attempts >= MOST_ATTEMPTS
                ? null
                : now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 12)));
        try (PreparedStatement s = c.prepareStatement(
                "update telemetry.webhook_delivery set attempts = ?, outcome = ?, delivered_at = ?, next_at = ? where id = ?")) {
            s.setInt(1, attempts);
            s.setString(2, outcome);
            s.setTimestamp(3, delivered ? Timestamp.from(now) : null);
            s.setTimestamp(4, next == null ? null : Timestamp.from(next));
            s.setObject(5, due.id);
            s.executeUpdate();
        }
        return true;
    }

    private static @Nullable Due next(Connection c, Instant now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select d.id, d.webhook_id, w.url, d.event, d.body, d.attempts from telemetry.webhook_delivery d
                join telemetry.webhook w on w.id = d.webhook_id where d.next_at <= ? and w.removed_at is null
                order by d.next_at limit 1 for update of d skip locked""")) {
            s.setTimestamp(1, Timestamp.from(now));
            try (ResultSet rs = s.executeQuery()) {
                return rs.next()
                        ? new Due(
                                rs.getObject(1, UUID.class),
                                rs.getObject(2, UUID.class),
                                rs.getString(3),
                                rs.getString(4),
                                rs.getString(5),
                                rs.getInt(6))
                        : null;
            }
        }
    }

    private String send(Due due, Instant now) {
        try {
            URI address = URI.create(due.url);
            if (!privateNetworks && isInside(address)) {
                return "refused: an address inside the platform's network";
            }
            String timestamp = String.valueOf(now.getEpochSecond());
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("Yiqi-Event", due.event)
                    .header("Yiqi-Delivery", due.id.toString())
                    .header("Yiqi-Timestamp", timestamp)
                    .header("Yiqi-Signature", "sha256=" + secrets.sign(due.webhook, timestamp, due.body))
                    .POST(HttpRequest.BodyPublishers.ofString(due.body, StandardCharsets.UTF_8))
                    .build();
            return String.valueOf(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException | IllegalArgumentException e) {
            return "failed: " + e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "failed: interrupted";
        }
    }

    static boolean isInside(URI address) throws IOException {
        for (InetAddress one : InetAddress.getAllByName(address.getHost())) {
            byte[] bytes = one.getAddress();
            boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
            boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
            if (one.isLoopbackAddress()
                    || one.isAnyLocalAddress()
                    || one.isLinkLocalAddress()
                    || one.isSiteLocalAddress()
                    || one.isMulticastAddress()
                    || uniqueLocal
                    || shared) {
                return true;
            }
        }
        return false;
    }
}
