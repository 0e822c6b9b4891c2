package org.yiqi.organisation;

import java.util.UUID;

/** A mandatory credential has ended, so new business is frozen until it is renewed. */
public record QualificationExpired(UUID orgId) {}
