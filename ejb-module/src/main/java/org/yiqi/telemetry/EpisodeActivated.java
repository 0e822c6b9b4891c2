package org.yiqi.telemetry;

import java.time.Instant;
import java.util.UUID;

/** An alert condition has held for its rule's duration. Fired once per episode, with SYSTEM scope. */
public record EpisodeActivated(
        UUID episodeId,
        UUID unitId,
        UUID ruleId,
        String ruleNameZh,
        String ruleNameEn,
        Severity severity,
        Instant at) {}
