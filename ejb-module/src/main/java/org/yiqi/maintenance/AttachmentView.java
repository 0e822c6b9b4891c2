package org.yiqi.maintenance;

import java.time.Instant;
import java.util.UUID;

/** A photo or document of an order, from the first report on. */
public record AttachmentView(UUID id, String name, String mediaType, int size, String sha256, Instant at) {}
