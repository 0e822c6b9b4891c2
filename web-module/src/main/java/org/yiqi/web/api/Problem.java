package org.yiqi.web.api;

import jakarta.json.Json;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.yiqi.shared.Ids;

/** RFC 9457 problem document. {@code instance} is an incident id that is also in the log. */
@JsonbNillable(false)
public record Problem(
        String type, String title, int status, String detail, String instance, String code, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** A JSON pointer into the request and the rule that the value breaks. */
    public record FieldError(String pointer, String rule) {}

    /** Answers in front of the resources, where JAX-RS has not begun. */
    public static void write(HttpServletResponse response, int status, String code, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE + ";charset=UTF-8");
        response.getWriter()
                .write(Json.createObjectBuilder()
                        .add("type", "urn:yiqi:problem:" + code)
                        .add("title", "Refused")
                        .add("status", status)
                        .add("detail", detail)
                        .add("instance", "urn:uuid:" + Ids.next())
                        .add("code", code)
                        .add("errors", Json.createArrayBuilder())
                        .build()
                        .toString());
    }

    /** The members in order, with the extensions of one refusal after them. */
    Map<String, Object> with(Map<String, Object> extensions) {
        Map<String, Object> all = new java.util.LinkedHashMap<>();
        all.put("type", type);
        all.put("title", title);
        all.put("status", status);
        all.put("detail", detail);
        all.put("instance", instance);
        all.put("code", code);
        all.put("errors", errors);
        all.putAll(extensions);
        return all;
    }
}
