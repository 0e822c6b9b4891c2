package org.yiqi.tools.sign;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.yiqi.contract.Act;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.tools.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings the organisation's own key onto the ledger, and proves with it that the organisation has it. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Brings your key onto the ledger in place of the present one, and proves that you have it.",
            "If the present key is one that you hold too, sign with that one afterwards: sign --key OLD."
        })
final class Register implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOptions platform;

    @Mixin
    KeyOptions key;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Texts texts = platform.texts();
            PlatformClient client = platform.open();
            SigningKey signing = key.open();
            UUID organisation = client.me().organisation();
            UUID actId = client.bring(signing.alg(), signing.publicKey()).act();
            if (actId == null) {
                throw new IOException(texts.text("no-act"));
            }
            Checked checked = Checked.of(actId, client.act(actId), organisation, signing.keyId(), Clock.systemUTC());
            Act act = checked.act();
            String objection = checked.objection();
            if (objection == null
                    && checked.brings().filter(signing.keyId()::equals).isEmpty()) {
                objection = "another-act";
            }
            if (act == null || objection != null) {
                throw new IOException(texts.text("reason." + (objection == null ? "not-an-act" : objection)));
            }
            String state = client.sign(actId, signing.sign(organisation, act));
            boolean waits = state.equals("WAITING_SIGNATURE");
            if (platform.json) {
                out.println(CanonicalJson.write(Map.of(
                        "act",
                        actId.toString(),
                        "digest",
                        checked.digest(),
                        "keyId",
                        signing.keyId(),
                        "state",
                        state)));
            } else {
                out.println(texts.format(waits ? "registered.waits" : "registered", signing.keyId()));
            }
            return Sign.DONE;
        } catch (IOException | GeneralSecurityException e) {
            spec.commandLine().getErr().println("yiqi: " + e.getMessage());
            return Sign.UNANSWERED;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }
}
