package org.yiqi.web.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.EpisodeState;
import org.yiqi.telemetry.RuleKind;
import org.yiqi.telemetry.Severity;

/** How states, severities and values of telemetry are shown: colour and icon by meaning, UCUM units as people write them. */
@Named("telemetry")
@ApplicationScoped
public class TelemetryTexts {

    private static final Map<String, String> UNITS =
            Map.of("Cel", "°C", "{rev}/min", "r/min", "1", "", "cm[H2O]", "cmH₂O", "{use}", "", "uA", "µA");

    public List<EpisodeState> getStates() {
        return List.of(
                EpisodeState.ACTIVE,
                EpisodeState.ACKNOWLEDGED,
                EpisodeState.REPAIRING,
                EpisodeState.RECOVERED,
                EpisodeState.CLOSED,
                EpisodeState.FALSE_ALARM);
    }

    public List<Severity> getSeverities() {
        return List.of(Severity.CRITICAL, Severity.MAJOR, Severity.WARNING);
    }

    public List<RuleKind> getKinds() {
        return List.of(RuleKind.values());
    }

    public String stateKind(EpisodeState state) {
        return switch (state) {
            case ACTIVE -> "bad";
            case PENDING, ACKNOWLEDGED, REPAIRING -> "warn";
            case RECOVERED -> "ok";
            case CLOSED, FALSE_ALARM -> "mute";
        };
    }

    public String severityKind(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "bad";
            case MAJOR -> "warn";
            case WARNING -> "info";
        };
    }

    public String deviceKind(String status) {
        return switch (status) {
            case "ONLINE" -> "ok";
            // Silence is not a fault of the device; a rule says where it is one.
            case "STALE", "OFFLINE" -> "warn";
            default -> "mute";
        };
    }

    public String credentialKind(String state) {
        return switch (state) {
            case "ACTIVE" -> "ok";
            case "ROTATION_DUE" -> "warn";
            default -> "bad";
        };
    }

    public String unit(@Nullable String ucum) {
        return ucum == null ? "" : UNITS.getOrDefault(ucum, ucum);
    }

    public String value(@Nullable Double value, int decimals) {
        return value == null
                ? "–"
                : BigDecimal.valueOf(value)
                        .setScale(decimals, RoundingMode.HALF_UP)
                        .toPlainString();
    }
}
