package org.yiqi.shared.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.yiqi.shared.problem.RuleViolation;

/** What a leaf of the evidence log is about, written {@code kind:ref} such as {@code document:0197…}. */
public record EvidenceOf(EvidenceKind kind, String ref) {

    public static EvidenceOf of(EvidenceKind kind, UUID id) {
        return new EvidenceOf(kind, id.toString());
    }

    public static EvidenceOf audit(long entry) {
        return new EvidenceOf(EvidenceKind.AUDIT, Long.toString(entry));
    }

    /** The hour of a device; the instant may be any within it. */
    public static EvidenceOf telemetry(UUID device, Instant at) {
        return new EvidenceOf(EvidenceKind.TELEMETRY, device + "/" + at.truncatedTo(ChronoUnit.HOURS));
    }

    /** @throws RuleViolation {@code ledger.bad-evidence-reference} */
    public static EvidenceOf parse(String text) {
        int colon = text.indexOf(':');
        for (EvidenceKind kind : EvidenceKind.values()) {
            if (colon > 0 && kind.code().equals(text.substring(0, colon))) {
                String ref = text.substring(colon + 1);
                if (valid(kind, ref)) {
                    return new EvidenceOf(kind, ref);
                }
            }
        }
        throw new RuleViolation(
                        "ledger.bad-evidence-reference",
                        "Name a thing as kind:id, such as document:<id>, audit:<number> or telemetry:<device>/<hour>")
                .at("/of", "kind:id");
    }

    private static boolean valid(EvidenceKind kind, String ref) {
        return switch (kind) {
            case AUDIT -> ref.matches("[1-9][0-9]{0,17}");
            case TELEMETRY -> ref.length() > 37 && ref.charAt(36) == '/' && uuid(ref.substring(0, 36)) && hour(ref);
            default -> uuid(ref);
        };
    }

    private static boolean uuid(String text) {
        return text.matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    }

    private static boolean hour(String ref) {
        try {
            Instant at = Instant.parse(ref.substring(37));
            return at.equals(at.truncatedTo(ChronoUnit.HOURS)) && at.toString().equals(ref.substring(37));
        } catch (DateTimeException notATime) {
            return false;
        }
    }

    @Override
    public String toString() {
        return kind.code() + ":" + ref;
    }
}
