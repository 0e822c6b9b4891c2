package org.yiqi.disposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.BundleCheck;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.BundleMaker;
import org.yiqi.rental.LiabilityFixture;
import org.yiqi.shared.tenancy.Scope;

/** The story on the local ledger: afterwards each step is proved by what a regulator takes away, and nothing else. */
class OneDeviceToItsEndIT {

    private final LiabilityFixture f = LiabilityFixture.persistent();

    private Bundle bundle(List<Subject> subjects) throws Exception {
        BundleMaker maker = f.services.get(BundleMaker.class);
        return f.db.inScope(
                Scope.SYSTEM,
                c -> Bundle.parse(maker.make(c, subjects).orElseThrow().json()));
    }

    private static List<String> broken(Bundle bundle) {
        return BundleCheck.run(bundle, new BundleCheck.Trust(bundle.founding().digest(), List.of())).stream()
                .filter(step -> !step.holds())
                .map(step -> step.check() + ": " + step.broken())
                .toList();
    }

    @Test
    void everyStepFromTheDamageToTheCertificateIsProved() throws Exception {
        EndStory.Told told = new EndStory(f).tell();
        for (Subject subject : told.subjects()) {
            assertEquals(List.of(), broken(bundle(List.of(subject))), subject.toString());
        }
        Bundle whole = bundle(told.subjects());
        assertEquals(List.of(), broken(whole));
        List<String> types = whole.lines().stream()
                .filter(line -> line.document() != null && line.entry().position() > 0)
                .map(line -> SignedAct.parse(String.valueOf(line.document())).act())
                .filter(act -> told.subjects().contains(act.subject()))
                .map(act -> act.type())
                .toList();
        assertEquals(
                List.of(
                        "custody.registered",
                        "custody.accepted",
                        "liability.opened",
                        "liability.determined",
                        "liability.settled",
                        "custody.returned",
                        "disposal.authorised",
                        "disposal.awarded",
                        "custody.accepted",
                        "disposal.handed-over",
                        "disposal.certified",
                        "custody.closed"),
                types);
        for (String type : types) {
            assertFalse(broken(without(whole, type)).isEmpty(), "nobody misses " + type);
        }
        assertTrue(broken(without(whole, "disposal.certified")).toString().contains("custody.closed"));
    }

    private static Bundle without(Bundle bundle, String type) {
        List<Bundle.Line> lines = new ArrayList<>(bundle.lines());
        lines.replaceAll(line -> String.valueOf(line.document()).contains("\"type\":\"" + type + "\"")
                ? new Bundle.Line(line.entry(), null)
                : line);
        return new Bundle(bundle.statements(), bundle.founding(), lines, bundle.heads());
    }
}
