package org.yiqi.web.procurement;

import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.yiqi.procurement.BidEnvelopes;
import org.yiqi.procurement.BidOrigins;
import org.yiqi.procurement.BidReceipt;
import org.yiqi.procurement.BidUploads;
import org.yiqi.procurement.BidView;
import org.yiqi.procurement.Bids;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.web.api.Problem;

/**
 * The tender room's way to {@link Bids} for the browser: {@code /bid-room/<tender>} and {@code /bid-room/<tender>/<bid>/<step>}. The
 * API takes no cookies, so a page cannot use it; other sites are kept out as from every page.
 */
@WebServlet("/bid-room/*")
public class BidRoomServlet extends HttpServlet {

    private static final int LARGEST = 300_000;
    private static final Jsonb JSON = JsonbBuilder.create();

    @Inject
    Bids bids;

    @Inject
    BidEnvelopes envelopes;

    @Inject
    BidUploads uploads;

    @Inject
    BidOrigins origins;

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> {
            String[] path = path(request);
            BidView bid = own(path);
            long offset = Long.parseLong(String.valueOf(request.getParameter("offset")));
            return Map.of("size", uploads.upload(bid.id(), path[3], offset, request.getInputStream()));
        });
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> {
            String[] path = path(request);
            JsonObject body = body(request);
            if (path.length == 2) {
                return bids.start(UUID.fromString(path[1]), body.getString("lot"), body.getString("publicKey"));
            }
            UUID bid = own(path).id();
            return switch (path[3]) {
                case "clear" -> {
                    envelopes.clear(bid);
                    yield bids.get(bid);
                }
                case "replace" -> bids.replace(bid);
                case "stamp" -> envelopes.stamp(bid, body.getString("manifest"));
                case "submit" -> {
                    BidReceipt receipt = bids.submit(bid, body.getString("signature"));
                    origins.submitted(bid, request.getRemoteAddr());
                    yield receipt;
                }
                case "receipt" -> bids.receipt(bid);
                case "withdraw" -> {
                    var act = bids.withdraw(bid);
                    yield act == null ? Map.of() : act;
                }
                case "withdrawn" -> bids.withdraw(bid, body.getString("signature"));
                default -> throw new NotFound("procurement.bid-not-found", "No such step");
            };
        });
    }

    private BidView own(String[] path) {
        if (path.length != 4) {
            throw new IllegalArgumentException("a tender, a bid and a step");
        }
        BidView bid = bids.get(UUID.fromString(path[2]));
        if (!bid.tenderId().equals(UUID.fromString(path[1]))) {
            throw new NotFound("procurement.bid-not-found", "No such bid for this tender");
        }
        return bid;
    }

    private static String[] path(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? new String[0] : path.split("/", -1);
    }

    private static JsonObject body(HttpServletRequest request) throws IOException {
        if (request.getContentLength() > LARGEST) {
            throw new IllegalArgumentException("too long");
        }
        try (JsonReader reader = Json.createReader(request.getReader())) {
            return reader.readObject();
        }
    }

    private interface Step {
        Object take() throws IOException;
    }

    private static void answer(HttpServletResponse response, Step step) throws IOException {
        try {
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter().write(JSON.toJson(step.take()));
        } catch (BusinessException e) {
            refuse(response, e);
        } catch (EJBAccessException e) {
            Problem.write(response, HttpServletResponse.SC_FORBIDDEN, "shared.not-permitted", "Not with your roles");
        } catch (JsonException
                | IllegalArgumentException
                | ArrayIndexOutOfBoundsException
                | NullPointerException
                | ClassCastException e) {
            Problem.write(response, HttpServletResponse.SC_BAD_REQUEST, "shared.bad-address", "Not as the page asks");
        } catch (RuntimeException e) {
            BusinessException refusal = DatabaseRefusals.in(e);
            if (refusal == null) {
                throw e;
            }
            refuse(response, refusal);
        }
    }

    private static void refuse(HttpServletResponse response, BusinessException refusal) throws IOException {
        int status = refusal instanceof NotFound
                ? HttpServletResponse.SC_NOT_FOUND
                : refusal instanceof NotPermitted ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_CONFLICT;
        Problem.write(response, status, refusal.code(), String.valueOf(refusal.getMessage()));
    }
}
