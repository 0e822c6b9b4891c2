package org.yiqi.web.api;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the words of the request, never in those of our classes, what is wrong with a body that could not be read. */
final class UnreadableJson {

    private static final Pattern UNKNOWN = Pattern.compile("Json property (\\S{1,100}) can not be mapped");
    private static final Pattern WRONG_KIND = Pattern.compile("deserialize property '([^']{1,100})'");

    private final String detail;
    private final List<Problem.FieldError> errors;

    private UnreadableJson(String detail, List<Problem.FieldError> errors) {
        this.detail = detail;
        this.errors = errors;
    }

    /** Yasson wraps one exception in another for each level that it was in: together they are the path to the value. */
    static UnreadableJson explain(Throwable thrown) {
        StringBuilder pointer = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            Matcher unknown = UNKNOWN.matcher(message);
            if (unknown.find()) {
                String name = unknown.group(1);
                return new UnreadableJson(
                        "There is no field '" + name + "' here",
                        List.of(new Problem.FieldError(pointer + "/" + name, "unknown field")));
            }
            Matcher wrong = WRONG_KIND.matcher(message);
            if (wrong.find()) {
                pointer.append('/').append(wrong.group(1));
            }
        }
        if (pointer.isEmpty()) {
            return new UnreadableJson("The body is not JSON of the shape that is documented", List.of());
        }
        return new UnreadableJson(
                "The value at " + pointer + " is not of the kind that is documented",
                List.of(new Problem.FieldError(pointer.toString(), "wrong kind of value")));
    }

    String detail() {
        return detail;
    }

    List<Problem.FieldError> errors() {
        return errors;
    }
}
