package org.yiqi.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A damage and who bears it, as the ledger holds it.
 *
 * @param unit what was damaged
 * @param concerned the reporter and those whom it named
 * @param shares empty until determined
 */
public record LiabilityStanding(UUID unit, UUID reporter, List<UUID> concerned, Step step, List<Share> shares) {

    /** How far the case has come. */
    public enum Step {
        OPENED,
        /** All who bear a share, and the reporter, agreed: nobody can appeal against itself. */
        AGREED,
        /** A panel decided; one of the concerned may appeal once. */
        DECIDED,
        APPEALED,
        /** A regulator decided on the appeal. */
        FINAL,
        SETTLED
    }

    public LiabilityStanding {
        concerned = List.copyOf(concerned);
        shares = List.copyOf(shares);
    }

    static String key(UUID liability) {
        return "liability/" + liability;
    }

    /** Whether the case binds the organisation. */
    boolean concerns(UUID org) {
        return concerned.contains(org)
                || shares.stream().anyMatch(share -> share.org().equals(org));
    }

    LiabilityStanding now(Step next, List<Share> decided) {
        return new LiabilityStanding(unit, reporter, concerned, next, decided);
    }

    String json() {
        return CanonicalJson.write(Map.of(
                "concerned", concerned.stream().map(UUID::toString).toList(),
                "reporter", reporter.toString(),
                "shares", shares.stream().map(Share::tree).toList(),
                "step", step.name(),
                "unit", unit.toString()));
    }

    static LiabilityStanding parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("concerned", "reporter", "shares", "step", "unit"));
        return new LiabilityStanding(
                fields.uuid("unit"),
                fields.uuid("reporter"),
                fields.uuids("concerned"),
                Names.of(Step.class, fields.text("step")),
                Share.of(fields, "shares"));
    }
}
