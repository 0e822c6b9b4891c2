package org.yiqi.procurement;

import java.util.List;
import org.yiqi.equipment.Category;
import org.yiqi.shared.problem.RuleViolation;

/** Collects what is out of range in a request, so that one answer names every field. */
final class Limits {

    private final RuleViolation refusal;

    Limits(String code, String message) {
        refusal = new RuleViolation(code, message);
    }

    Limits text(String pointer, String value, int longest) {
        return check(pointer, !value.isBlank() && value.strip().length() <= longest, "1 to " + longest + " characters");
    }

    Limits optional(String pointer, String value, int longest) {
        return check(pointer, value.length() <= longest, "at most " + longest + " characters");
    }

    Limits number(String pointer, long value, long low, long high) {
        return check(pointer, value >= low && value <= high, low + " to " + high);
    }

    Limits category(String pointer, String value) {
        List<String> all = Category.all();
        return check(pointer, all.contains(value), "one of " + String.join(", ", all));
    }

    Limits check(String pointer, boolean fits, String rule) {
        if (!fits) {
            refusal.at(pointer, rule);
        }
        return this;
    }

    /** @throws RuleViolation naming every field that did not fit */
    void refuse() {
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
    }
}
