package org.yiqi.contract;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Merkle logs of evidence, of which the ledger holds only how long they are and their root. A log never gets shorter;
 * that a longer one still contains the shorter is what a consistency proof between two anchored roots shows.
 */
final class EvidenceRules {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    private static final Pattern ROOT = Pattern.compile("[0-9a-f]{64}");

    private EvidenceRules() {}

    static List<ActRule> rules() {
        return List.of(new ActRule(
                        "evidence.anchored", Subject.Kind.EVIDENCE, Set.of(PartyRole.PLATFORM), EvidenceRules::anchor)
                .body("log", "root", "size")
                .optionalBody("previousSize"));
    }

    private static void anchor(Act act, Register register) {
        UUID platform = act.party(PartyRole.PLATFORM).orElseThrow();
        Refused.unless(register.knownMember(platform).kind() == OrganisationKind.PLATFORM, Refusal.NOT_ENTITLED);
        Fields body = new Fields(act.body());
        AnchoredLog next = new AnchoredLog(body.text("log"), body.number("size"), body.text("root"));
        Refused.unless(
                NAME.matcher(next.log()).matches() && ROOT.matcher(next.root()).matches(), Refusal.WRONG_BODY);
        AnchoredLog last = register.read(AnchoredLog.key(act.subject().id()), AnchoredLog::parse);
        long size = last == null ? 0 : last.size();
        Refused.unless(last == null || last.log().equals(next.log()), Refusal.WRONG_SUBJECT);
        Refused.unless(next.size() > size, Refusal.LOG_NOT_GROWN);
        if (act.body().containsKey("previousSize")) {
            Refused.unless(body.number("previousSize") == size, Refusal.LOG_NOT_GROWN);
        }
        register.write(AnchoredLog.key(act.subject().id()), next.json());
    }
}
