package org.yiqi.telemetry.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.yiqi.telemetry.EpisodeState;
import org.yiqi.telemetry.RuleKind;
import org.yiqi.telemetry.Severity;

class EpisodeTest {

    private static final Instant T0 = Instant.parse("2026-03-03T10:00:00Z");

    private final ThresholdRule tooWarm = new ThresholdRule(
            UUID.randomUUID(),
            1,
            null,
            null,
            RuleKind.ABOVE,
            (short) 1,
            18,
            14,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Severity.CRITICAL);

    @Test
    void aShortExcursionLeavesNoTrace() {
        Episode episode = begin(19);
        episode.observe(tooWarm, T0.plusSeconds(9), 17.9);
        assertTrue(episode.isDropped());
    }

    @Test
    void aConditionThatLastsBecomesActive() {
        Episode episode = begin(19);
        episode.observe(tooWarm, T0.plusSeconds(9), 20);
        assertEquals(EpisodeState.PENDING, episode.state());
        episode.observe(tooWarm, T0.plusSeconds(10), 21);
        assertEquals(EpisodeState.ACTIVE, episode.state());
        assertEquals(21, episode.peakValue());
    }

    @Test
    void aSilentDeviceDoesNotStopTheClock() {
        Episode episode = begin(19);
        episode.settle(tooWarm, T0.plusSeconds(11));
        assertEquals(EpisodeState.ACTIVE, episode.state());
    }

    @Test
    void betweenTheThresholdsNothingRecovers() {
        Episode episode = active();
        for (int s = 20; s < 200; s += 10) {
            episode.observe(tooWarm, T0.plusSeconds(s), 16);
        }
        assertEquals(EpisodeState.ACTIVE, episode.state());
    }

    @Test
    void belowTheClearThresholdForLongEnoughItRecovers() {
        Episode episode = active();
        episode.observe(tooWarm, T0.plusSeconds(20), 13);
        episode.observe(tooWarm, T0.plusSeconds(49), 13);
        assertEquals(EpisodeState.ACTIVE, episode.state());
        episode.observe(tooWarm, T0.plusSeconds(50), 13);
        assertEquals(EpisodeState.RECOVERED, episode.state());
    }

    @Test
    void aConditionThatReturnsContinuesTheSameEpisode() {
        Episode episode = active();
        episode.observe(tooWarm, T0.plusSeconds(20), 13);
        episode.settle(tooWarm, T0.plusSeconds(60));
        assertEquals(EpisodeState.RECOVERED, episode.state());
        episode.observe(tooWarm, T0.plusSeconds(70), 25);
        assertEquals(EpisodeState.ACTIVE, episode.state());
        assertEquals(T0.plusSeconds(10), episode.activatedAt());
    }

    @Test
    void aRuleWithoutDurationIsActiveAtOnce() {
        ThresholdRule sudden = new ThresholdRule(
                tooWarm.id(),
                1,
                null,
                null,
                RuleKind.BELOW,
                (short) 2,
                10,
                10,
                Duration.ZERO,
                Duration.ZERO,
                Severity.MAJOR);
        Episode episode = Episode.begin(UUID.randomUUID(), UUID.randomUUID(), sudden, T0, 9);
        assertEquals(EpisodeState.ACTIVE, episode.state());
        episode.observe(sudden, T0.plusSeconds(1), 10.5);
        assertEquals(EpisodeState.RECOVERED, episode.state());
    }

    @Property(tries = 300)
    void whileNoValueReachesTheClearThresholdARaisedEpisodeStaysRaised(
            @ForAll @Size(max = 60) List<@DoubleRange(min = 14.01, max = 60) Double> values) {
        Episode episode = active();
        int second = 20;
        for (double value : values) {
            episode.observe(tooWarm, T0.plusSeconds(second), value);
            second += 7;
        }
        assertTrue(episode.state().isRaised());
        assertFalse(episode.isDropped());
    }

    private Episode begin(double value) {
        return Episode.begin(UUID.randomUUID(), UUID.randomUUID(), tooWarm, T0, value);
    }

    private Episode active() {
        Episode episode = begin(19);
        episode.observe(tooWarm, T0.plusSeconds(10), 19);
        return episode;
    }
}
