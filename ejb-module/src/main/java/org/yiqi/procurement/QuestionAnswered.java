package org.yiqi.procurement;

import java.util.UUID;

/** A question on a tender has an answer that everybody reads. */
public record QuestionAnswered(UUID tender, UUID question) {}
