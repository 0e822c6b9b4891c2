package org.yiqi.rental.domain;

import java.util.UUID;

/** Who does something: a person for an organisation. */
public record Actor(UUID personId, UUID orgId) {}
