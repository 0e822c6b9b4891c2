package org.yiqi.tools.open;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.TenderStanding;
import org.yiqi.contract.sealing.Deal;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.ReleaseList;
import org.yiqi.contract.sealing.SealContext;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.tools.Texts;
import org.yiqi.tools.sign.KeyFile;
import org.yiqi.tools.sign.PlatformClient;
import org.yiqi.tools.sign.PlatformOptions;
import org.yiqi.tools.verify.TrustedActs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** An opener's part: keys before the tender is published, shares after it is closed, and nothing in between. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Releases your organisation's shares of a tender's sealed bids, once its closing is on the ledger and not before.",
            "--prepare makes the single-use keys before the tender is published. Without it, the bids that are due are taken from the",
            "ledger's own proof, checked against the trust folder as verify does; every bid is checked, then the shares are posted and",
            "the key is destroyed. --wait stays until the hour.",
            "Exit code 0: done; 1: the platform refused; 2: it could not be done, or it is not yet time."
        })
public final class Open implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int NOT_DONE = 2;
    private static final int NONCE = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Spec
    CommandSpec spec;

    @Option(names = "--tender", paramLabel = "ID", required = true, description = "which tender")
    UUID tender;

    @Option(names = "--keys", paramLabel = "DIR", required = true, description = "the folder of the single-use keys")
    Path keys;

    @Option(names = "--prepare", description = "make the keys and tell the platform their public halves")
    boolean prepare;

    @Option(
            names = "--envelope",
            paramLabel = "NAME",
            description = "with --prepare: TECHNICAL or PRICE; may be repeated (default: both)")
    List<String> envelopes = List.of("TECHNICAL", "PRICE");

    @Option(names = "--trust", paramLabel = "DIR", description = "what you trust, as for verify")
    @Nullable
    Path trust;

    @Option(names = "--wait", description = "wait until an envelope is due")
    boolean wait;

    @Option(names = "--every", paramLabel = "SECONDS", description = "how often to look (default: ${DEFAULT-VALUE})")
    int every = 5;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "what encrypts the keys, 12 characters or more")
    @Nullable
    Path passphraseFile;

    @Mixin
    PlatformOptions platform;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Texts texts = platform.texts("org.yiqi.tools.open.texts");
            KeyFolder folder = new KeyFolder(keys, passphraseFile);
            PlatformClient client = platform.open();
            return prepare ? prepare(client, folder, out, texts) : release(client, folder, out, texts);
        } catch (PlatformClient.Refused e) {
            spec.commandLine().getErr().println("yiqi: " + e.getMessage());
            return REFUSED;
        } catch (IOException | GeneralSecurityException | MalformedAct e) {
            spec.commandLine().getErr().println("yiqi: " + e.getMessage());
            return NOT_DONE;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }

    private int prepare(PlatformClient client, KeyFolder folder, PrintWriter out, Texts texts)
            throws IOException, GeneralSecurityException {
        UUID opener = client.me().organisation();
        for (String envelope : envelopes) {
            KeyFile key = folder.prepare(tender, envelope);
            byte[] proof = key.sign(TenderStanding.openersProof(tender, opener, envelope));
            client.post(
                    "/tenders/" + tender + "/openers/keys",
                    Json.createObjectBuilder()
                            .add("envelope", envelope)
                            .add("key", encoded(key.publicKey()))
                            .add("proof", encoded(proof))
                            .build());
            if (platform.json) {
                out.println(CanonicalJson.write(Map.of("envelope", envelope, "keyId", key.keyId())));
            } else {
                out.println(texts.format(
                        "prepared", envelope, folder.file(tender, envelope).toString(), key.keyId()));
            }
        }
        return DONE;
    }

    private int release(PlatformClient client, KeyFolder folder, PrintWriter out, Texts texts)
            throws IOException, GeneralSecurityException {
        Path trusted = trust;
        if (trusted == null) {
            throw new IOException(texts.text("needs-trust"));
        }
        Due due = due(client, trusted, out, texts);
        String envelope = due.envelope();
        if (envelope == null) {
            throw new IOException(texts.text(due.why()));
        }
        if (!Files.exists(folder.file(tender, envelope))) {
            throw new IOException(texts.format("no-key", envelope));
        }
        UUID opener = client.me().organisation();
        KeyFile key = folder.open(tender, envelope);
        ReleaseList list = releases(client, due, envelope, opener, key);
        String json = list.json();
        JsonObject posted = client.post(
                        "/tenders/" + tender + "/opening/shares",
                        Json.createObjectBuilder()
                                .add("list", json)
                                .add("signature", encoded(key.sign(json.getBytes(StandardCharsets.UTF_8))))
                                .build())
                .asJsonObject();
        folder.destroy(tender, envelope);
        if (platform.json) {
            out.println(CanonicalJson.write(Map.of(
                    "envelope",
                    envelope,
                    "released",
                    Integer.toString(list.releases().size()))));
        } else {
            out.println(texts.format(
                    "released",
                    Integer.toString(list.releases().size()),
                    envelope,
                    folder.file(tender, envelope).toString()));
            record(posted, envelope).ifPresent(act -> out.println(texts.format("opened", act)));
        }
        return DONE;
    }

    private static Optional<String> record(JsonObject opening, String envelope) {
        return opening.getJsonArray("envelopes").getValuesAs(JsonObject.class).stream()
                .filter(stage -> stage.getString("envelope").equals(envelope)
                        && stage.containsKey("actId")
                        && !stage.isNull("actId"))
                .map(stage -> stage.getString("actId"))
                .findFirst();
    }

    /** What the ledger's own proof says is due; a channel's peers are asked with a nonce of our own each time. */
    private Due due(PlatformClient client, Path trusted, PrintWriter out, Texts texts) throws IOException {
        String said = "";
        while (true) {
            byte[] random = new byte[NONCE];
            RANDOM.nextBytes(random);
            String nonce = HexFormat.of().formatHex(random);
            byte[] bundle = client.download("/oversight/proofs/tender:" + tender + "?nonce=" + nonce);
            Due due = Due.of(
                    tender,
                    TrustedActs.of(trusted, bundle, nonce),
                    Clock.systemUTC().instant());
            if (!wait || due.envelope() != null || due.why().equals("all-open")) {
                return due;
            }
            if (!due.why().equals(said) && !platform.json) {
                out.println(texts.format("waiting", texts.text(due.why())));
                out.flush();
            }
            said = due.why();
            try {
                TimeUnit.SECONDS.sleep(every);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** For exactly the bids that are due; each is checked against what the ledger has before the key touches it. */
    private ReleaseList releases(PlatformClient client, Due due, String envelope, UUID opener, KeyFile key)
            throws IOException {
        Map<UUID, String> manifests = new HashMap<>();
        client.get("/tenders/" + tender + "/opening/" + envelope + "/due")
                .asJsonArray()
                .getValuesAs(JsonObject.class)
                .forEach(bid -> manifests.put(UUID.fromString(bid.getString("bid")), bid.getString("manifest")));
        if (!manifests.keySet().equals(due.commitments().keySet())) {
            throw new IOException("the platform names other bids than the ledger: nothing is released");
        }
        int index = due.terms().indexOf(envelope, opener);
        if (index == 0) {
            throw new IOException("your organisation is no opener of this tender");
        }
        Map<UUID, Release> releases = new HashMap<>();
        for (Map.Entry<UUID, String> each : manifests.entrySet()) {
            SealedBid bid = SealedBid.parse(each.getValue());
            SealContext context = bid.context(due.terms(), envelope);
            Deal deal = bid.envelope(envelope).deal();
            if (!bid.commitment().equals(due.commitments().get(each.getKey())) || !deal.holds(context)) {
                throw new IOException("the bid " + each.getKey() + " is not what the ledger has: nothing is released");
            }
            releases.put(each.getKey(), Release.of(context, deal, index, key.number(), RANDOM));
        }
        return new ReleaseList(tender, envelope, opener, releases);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
