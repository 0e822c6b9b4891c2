package org.yiqi.shared.problem;

import org.jspecify.annotations.Nullable;

/** The request itself breaks a rule. HTTP 422. */
public final class RuleViolation extends BusinessException {

    public RuleViolation(String code, String message) {
        this(code, message, null);
    }

    public RuleViolation(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }

    /** Names a field by its JSON pointer and the rule that it breaks. */
    public RuleViolation at(String pointer, String rule) {
        addError(pointer, rule);
        return this;
    }
}
