package org.yiqi.web.api;

import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.yiqi.shared.Ids;
import org.yiqi.shared.audit.Denials;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;

/** The one place where anything thrown becomes an answer of the API. */
@Provider
@ApplicationScoped
public class Problems implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(Problems.class.getName());

    /** Refusals that a caller answers by saying who they are, or proving it further. */
    private static final Set<String> UNKNOWN_CALLER = Set.of("shared.not-signed-in", "organisation.otp-needed");

    @Inject
    Caller caller;

    @Inject
    Denials denials;

    @Inject
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        Response answer = answerTo(thrown);
        if (answer.getStatus() == Response.Status.FORBIDDEN.getStatusCode()
                && answer.getEntity() instanceof Map<?, ?> problem) {
            denials.note(String.valueOf(problem.get("code")), request.getMethod() + " " + request.getRequestURI());
        }
        return answer;
    }

    private Response answerTo(Throwable thrown) {
        BusinessException refusal = DatabaseRefusals.in(thrown);
        if (refusal != null) {
            return refused(refusal);
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof EJBAccessException || t instanceof AccessLocalException) {
                return caller.isSignedIn()
                        ? answer(403, "shared.not-permitted", "Your roles do not allow this", List.of(), Map.of())
                        : answer(401, "shared.not-signed-in", "Send a bearer token", List.of(), Map.of());
            }
            if (t instanceof ConstraintViolationException invalid) {
                return answer(422, "shared.invalid", "Some fields break a rule", fields(invalid), Map.of());
            }
            if (t instanceof JsonbException || t instanceof JsonException) {
                UnreadableJson bad = UnreadableJson.explain(t);
                return answer(400, "shared.bad-json", bad.detail(), bad.errors(), Map.of());
            }
        }
        if (thrown instanceof NotAuthorizedException) {
            return answer(401, "shared.not-signed-in", "Send a bearer token", List.of(), Map.of());
        }
        if (thrown instanceof WebApplicationException web) {
            int status = web.getResponse().getStatus();
            return answer(status < 400 ? 500 : status, "shared.http-" + status, message(thrown), List.of(), Map.of());
        }
        if (thrown instanceof ProcessingException) {
            UnreadableJson bad = UnreadableJson.explain(thrown);
            return answer(400, "shared.bad-json", bad.detail(), bad.errors(), Map.of());
        }
        String incident = Ids.next().toString();
        LOG.log(Level.SEVERE, thrown, () -> "incident " + incident);
        return build(
                new Problem(
                        "about:blank",
                        "Internal error",
                        500,
                        "Something went wrong on our side; quote the incident id",
                        "urn:uuid:" + incident,
                        "shared.internal",
                        List.of()),
                Map.of());
    }

    private static Response refused(BusinessException refusal) {
        int status = refusal instanceof NotFound
                ? 404
                : refusal instanceof NotPermitted
                        ? UNKNOWN_CALLER.contains(refusal.code()) ? 401 : 403
                        : refusal instanceof Conflict ? 409 : refusal instanceof StaleVersion ? 412 : 422;
        List<Problem.FieldError> errors = refusal.errors().stream()
                .map(e -> new Problem.FieldError(e.pointer(), e.rule()))
                .toList();
        return answer(status, refusal.code(), String.valueOf(refusal.getMessage()), errors, refusal.extensions());
    }

    static Response answer(
            int status, String code, String detail, List<Problem.FieldError> errors, Map<String, Object> extensions) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Refused" : known.getReasonPhrase();
        return build(
                new Problem("urn:yiqi:problem:" + code, title, status, detail, "urn:uuid:" + Ids.next(), code, errors),
                extensions);
    }

    private static Response build(Problem problem, Map<String, Object> extensions) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.with(extensions));
        if (problem.status() == 401) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        return answer.build();
    }

    private static List<Problem.FieldError> fields(ConstraintViolationException invalid) {
        return invalid.getConstraintViolations().stream().map(Problems::field).toList();
    }

    private static Problem.FieldError field(ConstraintViolation<?> violation) {
        // create.arg0.name or create.request.name: the first two nodes are the method and its parameter.
        String path = violation.getPropertyPath().toString().replace('[', '.').replace("]", "");
        String[] nodes = path.split("\\.", -1);
        StringBuilder pointer = new StringBuilder();
        for (int i = Math.min(2, nodes.length - 1); i < nodes.length; i++) {
            pointer.append('/').append(nodes[i]);
        }
        return new Problem.FieldError(pointer.toString(), violation.getMessage());
    }

    private static String message(Throwable t) {
        String m = t.getMessage();
        return m == null ? "Refused" : m.lines().findFirst().orElse("Refused");
    }
}
