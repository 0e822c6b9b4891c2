package org.yiqi.web.api;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.TenancyInterceptor;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * A POST with an {@code Idempotency-Key} happens once in 24 hours, however often it is sent. The key's row is written in
 * the transaction of the deed: a crash leaves both or neither. Of two at once the second waits at the row's unique key
 * for the first and gets its answer; if the first is refused nothing is kept and the second is tried.
 */
@Provider
@Priority(Priorities.USER)
public class Idempotency implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Logger LOG = Logger.getLogger(Idempotency.class.getName());
    private static final String HEADER = "Idempotency-Key";
    private static final String RUNNING = "yiqi.idempotency";
    private static final Duration KEPT = Duration.ofHours(24);
    private static final UUID NOBODY = new UUID(0, 0);
    private static final int LARGEST_ANSWER = 1_000_000;

    @Context
    ResourceInfo resource;

    @Resource(lookup = "java:comp/UserTransaction")
    UserTransaction transaction;

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    Problems problems;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        if (key == null || !request.getMethod().equals("POST")) {
            return;
        }
        if (key.isBlank() || key.length() > 200 || key.chars().anyMatch(c -> c < 0x20 || c > 0x7E)) {
            request.abortWith(Problems.answer(
                    422, "shared.bad-idempotency-key", "1 to 200 printable characters", List.of(), Map.of()));
            return;
        }
        try {
            transaction.begin();
            YiqiPrincipal principal = caller.find();
            sql.with(c -> {
                TenancyInterceptor.apply(
                        c, principal == null ? "" : principal.orgId().toString(), caller.scope());
                return true;
            });
            Running running = new Running(
                    principal == null ? NOBODY : principal.personId(),
                    key,
                    request.getUriInfo().getPath(),
                    new WholeBody(request.getEntityStream()));
            request.setEntityStream(running.body);
            if (begin(running, principal == null ? null : principal.orgId())) {
                request.setProperty(RUNNING, running);
                return;
            }
            Response answer = replay(running);
            transaction.rollback();
            request.abortWith(answer);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            rollback();
            request.abortWith(problems.toResponse(e));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        if (!(request.getProperty(RUNNING) instanceof Running running)) {
            return;
        }
        request.removeProperty(RUNNING);
        if (response.getStatus() >= 400) {
            rollback();
            return;
        }
        try {
            keep(running, response);
            transaction.commit();
        } catch (Exception e) {
            rollback();
            Response problem = problems.toResponse(e);
            response.setStatus(problem.getStatus());
            response.getHeaders().clear();
            response.setEntity(problem.getEntity(), new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
        }
    }

    private boolean begin(Running running, @Nullable UUID org) {
        Instant now = clock.instant();
        sql.update(
                "delete from shared.idempotency where caller = ? and key = ? and created_at < ?",
                running.caller,
                running.key,
                now.minus(KEPT));
        return sql.update(
                        "insert into shared.idempotency(caller, key, org_id, request, created_at) values (?,?,?,?,?) on conflict do nothing",
                        running.caller,
                        running.key,
                        org,
                        running.request,
                        now)
                == 1;
    }

    private Response replay(Running running) throws IOException {
        Answer first = sql.first(
                        "select request, digest, status, location, content_type, body from shared.idempotency where caller = ? and key = ?",
                        rs -> new Answer(
                                rs.getString(1),
                                rs.getString(2),
                                rs.getInt(3),
                                rs.getString(4),
                                rs.getString(5),
                                rs.getBytes(6)),
                        running.caller,
                        running.key)
                .orElse(null);
        if (first == null || !first.request.equals(running.request) || !first.digest.equals(running.digest())) {
            return Problems.answer(
                    422, "shared.idempotency-key-reused", "This key was used for another request", List.of(), Map.of());
        }
        if (isShownOnce()) {
            return Problems.answer(
                    409,
                    "shared.shown-once",
                    "This was done; its secret was shown once and is not kept",
                    List.of(),
                    first.location == null ? Map.of() : Map.of("location", first.location));
        }
        Response.ResponseBuilder answer = Response.status(first.status).header("Idempotency-Replayed", "true");
        if (first.location != null) {
            answer.header("Location", first.location);
        }
        return first.body == null
                ? answer.build()
                : answer.entity(first.body).type(first.contentType).build();
    }

    private void keep(Running running, ContainerResponseContext response) throws IOException {
        byte[] body = null;
        Object entity = response.getEntity();
        if (entity != null && !isShownOnce()) {
            Jsonb json = JsonFormat.json();
            body = entity instanceof byte[] bytes ? bytes : json.toJson(entity).getBytes(StandardCharsets.UTF_8);
            if (body.length > LARGEST_ANSWER) {
                body = null;
            }
        }
        Object location = response.getHeaders().getFirst("Location");
        MediaType type = response.getMediaType();
        sql.update(
                "update shared.idempotency set digest = ?, status = ?, location = ?, content_type = ?, body = ? where caller = ? and key = ?",
                running.digest(),
                response.getStatus(),
                location == null ? null : location.toString(),
                type == null ? MediaType.APPLICATION_JSON : type.toString(),
                body,
                running.caller,
                running.key);
    }

    private boolean isShownOnce() {
        return resource.getResourceMethod().isAnnotationPresent(ShownOnce.class);
    }

    private void rollback() {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (Exception e) {
            LOG.log(Level.WARNING, "A transaction could not be rolled back", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Digests all of a body, also what a reader leaves unread when it closes it. */
    private static final class WholeBody extends DigestInputStream {

        private boolean closed;

        WholeBody(InputStream body) {
            super(body, sha256());
        }

        void drain() throws IOException {
            if (!closed) {
                transferTo(OutputStream.nullOutputStream());
            }
        }

        @Override
        public void close() throws IOException {
            drain();
            closed = true;
            super.close();
        }
    }

    /** One request under way, and the digest of its body as it is read. */
    private static final class Running {

        private final UUID caller;
        private final String key;
        private final String request;
        private final WholeBody body;
        private @Nullable String digest;

        Running(UUID caller, String key, String request, WholeBody body) {
            this.caller = caller;
            this.key = key;
            this.request = request;
            this.body = body;
        }

        String digest() throws IOException {
            if (digest == null) {
                body.drain();
                digest = HexFormat.of().formatHex(body.getMessageDigest().digest());
            }
            return digest;
        }
    }

    private static final class Answer {

        private final String request;
        private final String digest;
        private final int status;
        private final @Nullable String location;
        private final @Nullable String contentType;
        private final byte @Nullable [] body;

        Answer(
                String request,
                String digest,
                int status,
                @Nullable String location,
                @Nullable String contentType,
                byte @Nullable [] body) {
            this.request = request;
            this.digest = digest;
            this.status = status;
            this.location = location;
            this.contentType = contentType;
            this.body = body;
        }
    }
}
