package org.yiqi.tools.sign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Subject;
import org.yiqi.tools.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs what waits for the organisation's own signature, each act shown in words before. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {NewKey.class, Register.class},
        description = {
            "Signs what waits for your organisation's own key, which the platform does not have.",
            "Each act is read from its bytes and shown in words; its digest is computed here. You are asked about each.",
            "Exit code 0: everything asked for was signed; 1: something was not, and is named; 2: nothing could be asked."
        })
public final class Sign implements Callable<Integer> {

    static final int DONE = 0;
    static final int NOT_ALL = 1;
    public static final int UNANSWERED = 2;

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOptions platform;

    @Mixin
    KeyOptions key;

    @Option(names = "--act", paramLabel = "ID", description = "only this act; may be repeated")
    List<UUID> only = new ArrayList<>();

    @Option(names = "--list", description = "show what waits, and sign nothing")
    boolean list;

    @Option(
            names = "--yes",
            description = "do not ask: sign everything that nothing speaks against; changes of keys only with --act")
    boolean yes;

    /** What became of an act. */
    private record Result(Checked checked, String outcome, String reason) {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Texts texts = platform.texts();
            if (platform.json && !yes && !list) {
                throw new IOException(texts.text("json-needs-yes"));
            }
            return run(out, texts);
        } catch (IOException | GeneralSecurityException e) {
            spec.commandLine().getErr().println("yiqi: " + e.getMessage());
            return UNANSWERED;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }

    private int run(PrintWriter out, Texts texts) throws IOException, GeneralSecurityException {
        PlatformClient client = platform.open();
        PlatformClient.Me me = client.me();
        SigningKey signing = key.open();
        String state = client.keys().stream()
                .filter(known -> known.keyId().equals(signing.keyId()))
                .map(PlatformClient.Key::state)
                .findFirst()
                .orElseThrow(() -> new IOException(texts.format("key-unknown", signing.keyId())));
        List<UUID> ids = only.isEmpty() ? client.waiting(me.organisation()) : only;
        boolean zh = platform.language.equals("zh");
        ActWords words = new ActWords(client, texts, zh, ZoneId.systemDefault());
        if (!platform.json) {
            out.println(texts.format(
                    "head", zh ? me.nameZh() : me.nameEn(), signing.keyId(), texts.text("state." + state)));
            out.println(ids.isEmpty() ? texts.text("nothing") : texts.format("waiting", Integer.toString(ids.size())));
        }
        List<Result> results = new ArrayList<>();
        for (UUID id : ids) {
            Checked checked = Checked.of(id, client.act(id), me.organisation(), signing.keyId(), Clock.systemUTC());
            results.add(one(out, texts, words, client, me, signing, state, checked));
        }
        if (platform.json) {
            out.println(json(me, signing, state, results));
        }
        boolean refused = results.stream().anyMatch(r -> r.outcome().equals("refused"));
        return refused ? NOT_ALL : DONE;
    }

    private Result one(
            PrintWriter out,
            Texts texts,
            ActWords words,
            PlatformClient client,
            PlatformClient.Me me,
            SigningKey signing,
            String state,
            Checked checked)
            throws IOException, GeneralSecurityException {
        Act act = checked.act();
        if (!platform.json) {
            out.println();
            if (act != null) {
                words.lines(act, checked.digest()).forEach(out::println);
            }
        }
        Optional<String> objection = Optional.ofNullable(objection(checked, signing, state));
        if (objection.isPresent() || act == null) {
            String reason = objection.orElse("not-an-act");
            // Its other key has signed, or has to: nothing is wrong, there is only nothing to do for this one.
            boolean other = reason.equals("signed-already") || reason.equals("key-not-valid");
            return said(out, texts, new Result(checked, other ? "skipped" : "refused", reason));
        }
        if (list) {
            return new Result(checked, "waiting", "");
        }
        // Whoever has the platform could propose a key of its own: what runs unattended must not sign that.
        if (yes && only.isEmpty() && act.subject().kind() == Subject.Kind.ORGANISATION) {
            return said(out, texts, new Result(checked, "refused", "key-change"));
        }
        if (!yes && !agreed(out, texts)) {
            return said(out, texts, new Result(checked, "skipped", "not-agreed"));
        }
        try {
            String after = client.sign(act.id(), signing.sign(me.organisation(), act));
            return said(out, texts, new Result(checked, "signed", after));
        } catch (PlatformClient.Refused e) {
            return said(out, texts, new Result(checked, "refused", String.valueOf(e.getMessage())));
        }
    }

    /** A key that the ledger does not know yet signs nothing but its own entry. */
    private static @Nullable String objection(Checked checked, SigningKey signing, String state) {
        if (checked.objection() != null) {
            return checked.objection();
        }
        boolean own = checked.brings().filter(signing.keyId()::equals).isPresent();
        return own || state.equals("VALID") ? null : "key-not-valid";
    }

    private Result said(PrintWriter out, Texts texts, Result result) {
        if (!platform.json) {
            String reason = texts.textOr("reason." + result.reason(), result.reason());
            out.println("  → " + texts.text("outcome." + result.outcome()) + (reason.isEmpty() ? "" : ": " + reason));
        }
        return result;
    }

    private static boolean agreed(PrintWriter out, Texts texts) throws IOException {
        out.print(texts.text("ask") + " ");
        out.flush();
        // Not closed: it is everybody's standard input.
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()), 1).readLine();
        return answer != null
                && List.of(texts.text("ask.yes").strip().split(" "))
                        .contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    private static String json(PlatformClient.Me me, SigningKey signing, String state, List<Result> results) {
        List<Map<String, Object>> acts = new ArrayList<>();
        for (Result result : results) {
            Map<String, Object> tree = new LinkedHashMap<>();
            Act act = result.checked().act();
            tree.put("id", result.checked().id().toString());
            tree.put("digest", result.checked().digest());
            tree.put("type", act == null ? null : act.type());
            tree.put("subject", act == null ? null : act.subject().toString());
            tree.put("occurredAt", act == null ? null : act.occurredAt().toString());
            tree.put("outcome", result.outcome());
            tree.put("reason", result.reason());
            acts.add(tree);
        }
        return CanonicalJson.write(Map.of(
                "acts",
                acts,
                "keyId",
                signing.keyId(),
                "keyState",
                state,
                "organisation",
                me.organisation().toString()));
    }
}
