package org.yiqi.web.security;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What the session remembers of a login; rights are looked up anew for each request. */
public record SignedIn(UUID personId, UUID orgId, Instant since) implements Serializable {

    public static final String KEY = "yiqi.signed-in";
    public static final Duration LONGEST = Duration.ofHours(8);
}
