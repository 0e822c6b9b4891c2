package org.yiqi.shared.problem;

import jakarta.ejb.ApplicationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that a caller can understand and act on. Its code is stable ({@code area.rule-name}); pages and the API look
 * the text up by it. It rolls the transaction back, so nothing is left half done.
 */
@ApplicationException(rollback = true, inherited = true)
public abstract class BusinessException extends RuntimeException {

    private final String code;
    private final List<FieldError> errors = new ArrayList<>();
    private Map<String, Object> extensions = Map.of();

    protected BusinessException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /** Members added to the problem document, such as three alternatives for a taken slot. */
    public Map<String, Object> extensions() {
        return extensions;
    }

    protected void addError(String pointer, String rule) {
        errors.add(new FieldError(pointer, rule));
    }

    protected void extend(Map<String, Object> members) {
        extensions = Map.copyOf(members);
    }

    /** A field (JSON pointer into the request) and the rule that it breaks. */
    public record FieldError(String pointer, String rule) {}
}
