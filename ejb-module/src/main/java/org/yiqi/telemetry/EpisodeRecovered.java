package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;

/** The values of an episode are back within limits. Fired with SYSTEM scope. */
public record EpisodeRecovered(UUID episodeId, UUID unitId, Instant at) {}
