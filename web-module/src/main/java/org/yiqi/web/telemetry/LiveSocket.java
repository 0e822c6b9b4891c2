package org.yiqi.web.telemetry;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.YiqiPrincipal;
import org.yiqi.telemetry.LiveAccess;

/**
 * Live values for open pages. The page sends {@code {"units":["..."]}}, and when it comes back after a broken connection also
 * the last {@code seq} it heard as {@code since} with the {@code run} it was heard in. It is answered {@code watching}, which
 * says whether the server could go on from there ({@code resumed}), and hears {@code readings} and {@code alerts} of those
 * units that the signed-in person may see. With {@code tenders} it also hears {@code alerts} whenever an opening moves. Only pages of this site may open it.
 */
@ServerEndpoint(value = "/live", configurator = LiveSocket.Handshake.class)
public class LiveSocket {

    private static final String PERSON = "yiqi.person";
    private static final int MOST_UNITS = 200;
    private static final long IDLE_MILLIS = 15 * 60_000L;

    @Inject
    LiveHub hub;

    @Inject
    LiveAccess access;

    @OnOpen
    public void open(Session session, EndpointConfig config) throws IOException {
        Object person = config.getUserProperties().get(PERSON);
        if (!(person instanceof YiqiPrincipal)) {
            refuse(session, "sign in first");
            return;
        }
        session.getUserProperties().put(PERSON, person);
        session.setMaxTextMessageBufferSize(16 * 1024);
        session.setMaxIdleTimeout(IDLE_MILLIS);
    }

    @OnMessage
    public void message(Session session, String text) throws IOException {
        if (!(session.getUserProperties().get(PERSON) instanceof YiqiPrincipal person)) {
            return;
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            Set<UUID> wanted = new HashSet<>();
            JsonObject request = reader.readObject();
            for (JsonString id : request.getJsonArray("units").getValuesAs(JsonString.class)) {
                wanted.add(UUID.fromString(id.getString()));
            }
            if (wanted.size() > MOST_UNITS) {
                refuse(session, "at most " + MOST_UNITS + " units");
                return;
            }
            JsonNumber since = request.getJsonNumber("since");
            Set<UUID> visible = new HashSet<>(access.visible(person, wanted));
            JsonArray tenders = request.getJsonArray("tenders");
            if (tenders != null) {
                // Anyone may watch an opening; what is told is only that something moved.
                tenders.getValuesAs(JsonString.class).stream()
                        .limit(MOST_UNITS)
                        .forEach(id -> visible.add(UUID.fromString(id.getString())));
            }
            hub.watch(session, visible, since == null ? null : since.longValueExact(), request.getString("run", null));
        } catch (JsonException
                | IllegalArgumentException
                | NullPointerException
                | ClassCastException
                | ArithmeticException e) {
            refuse(session, "units: a list of ids; since: a number; run: a text");
        }
    }

    private static void refuse(Session session, String why) throws IOException {
        session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, why));
    }

    @OnClose
    public void close(Session session) {
        hub.forget(session);
    }

    /** Takes the person over from the request, when the page is one of ours. */
    public static class Handshake extends ServerEndpointConfig.Configurator {

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            // The server makes configurators itself and injects nothing into them.
            YiqiPrincipal person = CDI.current().select(Caller.class).get().find();
            Map<String, Object> properties = config.getUserProperties();
            if (person != null && isOwnPage(request.getHeaders())) {
                properties.put(PERSON, person);
            } else {
                properties.remove(PERSON);
            }
        }

        private static boolean isOwnPage(Map<String, List<String>> headers) {
            String origin = first(headers, "origin");
            String host = first(headers, "host");
            try {
                return !origin.isEmpty() && host.equals(URI.create(origin).getAuthority());
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static String first(Map<String, List<String>> headers, String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst()
                    .orElse("");
        }
    }
}
