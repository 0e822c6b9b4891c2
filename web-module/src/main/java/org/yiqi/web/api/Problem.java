package org.yiqi.web.api;

import jakarta.json.bind.annotation.JsonbNillable;
import java.util.List;
import java.util.Map;

/** RFC 9457 problem document. {@code instance} is an incident id that is also in the log. */
@JsonbNillable(false)
public record Problem(
        String type, String title, int status, String detail, String instance, String code, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** A JSON pointer into the request and the rule that the value breaks. */
    public record FieldError(String pointer, String rule) {}

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
