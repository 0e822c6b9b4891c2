package org.yiqi.organisation.domain;

import java.util.Locale;
import java.util.Set;
import org.yiqi.shared.problem.RuleViolation;

/** What a password must be: long, and nothing that is tried first. No forced mixture, no forced change (ASVS 6.2). */
public final class PasswordRules {

    public static final int SHORTEST = 12;
    public static final int LONGEST = 200;

    private static final Set<String> TRIED_FIRST = Set.of(
            "password", "123456", "qwerty", "abc123", "111111", "admin", "letmein", "welcome", "iloveyou", "woaini");

    private PasswordRules() {}

    public static void check(String password, String username) {
        String low = password.toLowerCase(Locale.ROOT);
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new RuleViolation(
                            "organisation.password-length", "A password has " + SHORTEST + " characters or more")
                    .at("/password", SHORTEST + " to " + LONGEST + " characters");
        }
        boolean guessable = TRIED_FIRST.stream().anyMatch(t -> low.startsWith(t) && low.length() < t.length() + 8)
                || (username.length() > 3 && low.contains(username.toLowerCase(Locale.ROOT)))
                || low.chars().distinct().count() < 5;
        if (guessable) {
            throw new RuleViolation("organisation.password-guessable", "This password is among the first to be tried")
                    .at("/password", "not guessable");
        }
    }
}
