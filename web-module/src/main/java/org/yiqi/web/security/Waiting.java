package org.yiqi.web.security;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.yiqi.organisation.SignIn;

/** A login between its steps: whose password was right, and what is still asked. It opens nothing. */
record Waiting(UUID person, SignIn.Step step, Instant since) implements Serializable {

    static final String KEY = "yiqi.login-waiting";
    static final Duration LONGEST = Duration.ofMinutes(5);
}
