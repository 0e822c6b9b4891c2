package org.yiqi.shared.problem;

import org.jspecify.annotations.Nullable;

/** The caller may see the thing but not do this. HTTP 403. */
public final class NotPermitted extends BusinessException {

    public NotPermitted(String code, String message) {
        this(code, message, null);
    }

    public NotPermitted(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
