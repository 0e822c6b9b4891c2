package org.yiqi.tools.sign;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.OrganisationKey;

/**
 * An act read from the bytes that wait for a signature. Its digest is computed here, its form and its signers come from the
 * ledger's own rules: nothing that the platform says about the bytes is believed.
 *
 * @param objection why it must not be signed with this key: a key of the texts; null if nothing speaks against it
 */
record Checked(
        UUID id, @Nullable Act act, String digest, @Nullable String objection) {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    static Checked of(UUID asked, PlatformClient.Waiting waiting, UUID organisation, String keyId, Clock clock) {
        Act act;
        try {
            act = Act.parse(Base64.getDecoder().decode(waiting.bytes()));
        } catch (MalformedAct | IllegalArgumentException e) {
            return new Checked(asked, null, "", "not-an-act");
        }
        return new Checked(asked, act, act.digest(), objection(asked, act, waiting, organisation, keyId, clock));
    }

    private static @Nullable String objection(
            UUID asked, Act act, PlatformClient.Waiting waiting, UUID organisation, String keyId, Clock clock) {
        if (!act.id().equals(asked)) {
            return "another-act";
        }
        if (!act.digest().equals(waiting.digest())) {
            return "another-digest";
        }
        if (act.occurredAt().isAfter(clock.instant().plus(CLOCKS_DIFFER))) {
            return "in-the-future";
        }
        try {
            Optional<OrganisationKey> brought = LedgerRules.newKey(act);
            boolean proves = brought.filter(key -> key.keyId().equals(keyId)
                            && key.org().equals(organisation)
                            && key.custody() == OrganisationKey.Custody.HELD)
                    .isPresent();
            if (!proves && !LedgerRules.signersOf(act).contains(organisation)) {
                return "not-a-signer";
            }
        } catch (MalformedAct e) {
            return "no-rule";
        }
        return waiting.signedBy().contains(keyId) ? "signed-already" : null;
    }

    /** The key that the act brings in, if it does. */
    Optional<String> brings() {
        return act == null ? Optional.empty() : LedgerRules.newKey(act).map(OrganisationKey::keyId);
    }
}
