package org.yiqi.maintenance.domain;

import org.yiqi.shared.problem.RuleViolation;

/** Words that people owe each other: why somebody refused, waits, cancels or decides otherwise. */
final class Reason {

    private static final int LONGEST = 1000;

    private Reason() {}

    /** The text without spaces around it; an empty one is refused at the field. */
    static String required(String text, String pointer) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new RuleViolation("maintenance.reason-missing", "A reason is needed").at(pointer, "required");
        }
        return limited(stripped, pointer);
    }

    static String limited(String text, String pointer) {
        if (text.length() > LONGEST) {
            throw new RuleViolation("maintenance.reason-too-long", "At most " + LONGEST + " characters")
                    .at(pointer, "at most " + LONGEST);
        }
        return text;
    }
}
