package org.yiqi.shared.problem;

import org.jspecify.annotations.Nullable;

/** The thing does not exist for this caller: missing, or another tenant's. HTTP 404. */
public final class NotFound extends BusinessException {

    public NotFound(String code, String message) {
        this(code, message, null);
    }

    public NotFound(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
