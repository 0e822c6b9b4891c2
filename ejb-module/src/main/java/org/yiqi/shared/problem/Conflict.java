package org.yiqi.shared.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of the thing does not allow the act, or another was quicker. HTTP 409. */
public final class Conflict extends BusinessException {

    public Conflict(String code, String message) {
        this(code, message, null);
    }

    public Conflict(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }

    /** Adds a member to the problem document. */
    public Conflict with(String member, Object value) {
        extend(Map.of(member, value));
        return this;
    }
}
