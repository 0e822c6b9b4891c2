package org.yiqi.equipment;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yiqi.equipment.domain.LabelCode;
import org.yiqi.equipment.udi.Udi;
import org.yiqi.equipment.udi.UdiRefused;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/** Reads what people scan or type to say which device they mean. */
@Stateless
@Secured
public class Scans {

    private static final Pattern LABEL = Pattern.compile("(?:https?://[^/\\s]+)?/q/([0-9A-Za-z-]+)/?");

    @Inject
    Units units;

    @Inject
    Models models;

    @Inject
    Clock clock;

    /**
     * @param text a device identifier of GS1, HIBCC or ICCBBA, or what a label of the platform says
     * @throws RuleViolation {@code equipment.udi-format}, {@code equipment.udi-check-digit}, {@code equipment.udi-date}
     */
    @RolesAllowed("**")
    public ScanView read(String text) {
        Optional<String> label = label(text.strip());
        if (label.isPresent()) {
            UnitView unit = units.byLabel(label.get()).orElse(null);
            return new ScanView(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Map.of(),
                    unit == null ? null : unit.model().id(),
                    unit == null ? null : unit.id());
        }
        try {
            Udi udi = Udi.parse(text, LocalDate.ofInstant(clock.instant(), UnitDetailsReader.ZONE));
            ModelView model = models.byDeviceIdentifier(udi.deviceIdentifier()).orElse(null);
            String serial = udi.serial();
            UnitView unit = model == null || serial == null
                    ? null
                    : units.bySerial(model.id(), serial).orElse(null);
            return new ScanView(
                    udi.issuer().name(),
                    udi.deviceIdentifier(),
                    serial,
                    udi.lot(),
                    udi.manufactured(),
                    udi.expires(),
                    udi.others(),
                    model == null ? null : model.id(),
                    unit == null ? null : unit.id());
        } catch (UdiRefused e) {
            throw new RuleViolation(e.code(), String.valueOf(e.getMessage()), e)
                    .at("/text", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> label(String text) {
        Matcher address = LABEL.matcher(text);
        return LabelCode.read(address.matches() ? address.group(1) : text);
    }
}
