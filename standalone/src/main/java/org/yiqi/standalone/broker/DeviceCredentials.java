package org.yiqi.standalone.broker;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Checks device secrets against their keyed hashes in the database. A known hash is kept until the database says that it
 * changed; while it cannot be heard, nothing is kept, so a revoked device never lives on in a cache.
 */
public final class DeviceCredentials implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeviceCredentials.class.getName());
    private static final int MOST_KEPT = 100_000;
    private static final int HEARTBEAT_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 1_000;

    private final String url;
    private final Properties login = new Properties();
    private final SecretKeySpec key;
    private final Map<UUID, Known> kept = new ConcurrentHashMap<>();
    private final AtomicLong announcements = new AtomicLong();
    private @Nullable Connection lookups;
    private volatile boolean listening;
    private volatile boolean closed;
    private volatile @Nullable Thread listener;

    /** @param hash empty when no valid credential exists */
    private record Known(String hash, Instant until) {}

    public DeviceCredentials(String url, String user, String password, String secretKey) {
        this.url = url;
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("ApplicationName", "yiqi-broker");
        login.setProperty("connectTimeout", "5");
        login.setProperty("tcpKeepAlive", "true");
        key = new SecretKeySpec(Base64.getDecoder().decode(secretKey), "HmacSHA256");
    }

    boolean accept(UUID device, String secret) {
        String expected = hashOf(device);
        return MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII),
                        hash(secret).getBytes(StandardCharsets.US_ASCII))
                && !expected.isEmpty();
    }

    private String hash(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String hashOf(UUID device) {
        Known known = kept.get(device);
        if (known == null || !known.until.isAfter(Instant.now())) {
            // Read first, keep only when nothing was announced meanwhile: 'listening' falls before the cache is
            // emptied.
            known = read(device);
            if (listening && kept.size() < MOST_KEPT && !known.hash.isEmpty()) {
                kept.put(device, known);
            }
        }
        return known.hash;
    }

    private synchronized Known read(UUID device) {
        try {
            Connection c = lookups;
            if (c == null || !c.isValid(2)) {
                c = DriverManager.getConnection(url, login);
                lookups = c;
            }
            try (PreparedStatement s = c.prepareStatement("""
                    select hash, expires_at from telemetry.device_credential
                    where device_id = ? and revoked_at is null and (expires_at is null or expires_at > now())""")) {
                s.setObject(1, device);
                try (ResultSet rs = s.executeQuery()) {
                    if (rs.next()) {
                        Timestamp end = rs.getTimestamp(2);
                        return new Known(
                                Base64.getEncoder().encodeToString(rs.getBytes(1)),
                                end == null ? Instant.MAX : end.toInstant());
                    }
                }
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "device credentials cannot be read", e);
        }
        return new Known("", Instant.MIN);
    }

    /** Starts to listen; {@code changed} hears of each device whose credential was changed or revoked. */
    void listen(Consumer<UUID> changed) {
        Thread thread = new Thread(() -> listenUntilClosed(changed), "device-credentials");
        thread.setDaemon(true);
        listener = thread;
        thread.start();
    }

    private void listenUntilClosed(Consumer<UUID> changed) {
        while (!closed) {
            try (Connection c = DriverManager.getConnection(url, login);
                    Statement s = c.createStatement()) {
                s.execute("listen yiqi_device_credential");
                listening = true;
                while (!closed) {
                    PGNotification[] heard = c.unwrap(PGConnection.class).getNotifications(HEARTBEAT_MILLIS);
                    if (heard == null || heard.length == 0) {
                        s.execute("select 1");
                        continue;
                    }
                    for (PGNotification one : heard) {
                        UUID device = UUID.fromString(one.getParameter());
                        announcements.incrementAndGet();
                        kept.remove(device);
                        changed.accept(device);
                    }
                }
            } catch (SQLException e) {
                LOG.log(Level.FINE, "not listening", e);
            } finally {
                listening = false;
                announcements.incrementAndGet();
                kept.clear();
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread thread = listener;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
