package org.yiqi.tools.bid;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.tools.Texts;
import org.yiqi.tools.sign.KeyFile;
import org.yiqi.tools.sign.KeyOptions;
import org.yiqi.tools.sign.PlatformClient;
import org.yiqi.tools.sign.PlatformOptions;
import org.yiqi.tools.verify.TrustedActs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Seals a bid with code that the platform did not serve, for openers that the ledger names, and submits it. */
@Command(
        name = "bid",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Seals a bid on this machine, so that nobody can read it before enough openers agree; --submit brings it to the platform.",
            "TERMS is the tender's proof (GET /api/v1/oversight/proofs/tender:ID); the openers' keys are taken from it, after everything",
            "in it was checked against the trust folder, as verify does. VALUES is a JSON object of texts.",
            "To replace a bid, seal into another folder with --replaces. To take it back: --withdraw.",
            "Exit code 0: done; 1: the platform refused; 2: it could not be done."
        })
public final class Bid implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int NOT_DONE = 2;
    private static final int PIECE = 4 * 1024 * 1024;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            required = true,
            description = "the bid's own folder; made if it is not there")
    Path folder;

    @Option(names = "--terms", paramLabel = "TERMS", description = "the tender's proof, downloaded")
    @Nullable
    Path terms;

    @Option(names = "--trust", paramLabel = "DIR", description = "what you trust, as for verify")
    @Nullable
    Path trust;

    @Option(names = "--lot", paramLabel = "LOT", description = "which lot")
    @Nullable
    String lot;

    @Option(names = "--technical", paramLabel = "VALUES", description = "what goes into the technical envelope")
    @Nullable
    Path technical;

    @Option(
            names = "--price",
            paramLabel = "VALUES",
            description = "what goes into the price envelope: amount (minor units), currency, ...")
    @Nullable
    Path price;

    @Option(
            names = "--attach",
            paramLabel = "ENVELOPE=FILE",
            description = "TECHNICAL=FILE or PRICE=FILE; may be repeated")
    List<String> attach = new ArrayList<>();

    @Option(names = "--replaces", paramLabel = "DIR", description = "the folder of the bid that this one replaces")
    @Nullable
    Path replaces;

    @Option(names = "--submit", description = "bring the folder's bid to the platform; goes on where an upload was cut")
    boolean submit;

    @Option(names = "--withdraw", description = "take the folder's bid back")
    boolean withdraw;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "what encrypts the bid's key, 12 characters or more")
    @Nullable
    Path passphraseFile;

    @Mixin
    PlatformOptions platform;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Texts texts = platform.texts("org.yiqi.tools.bid.texts");
            BidFolder own = new BidFolder(folder);
            if (!own.isSealed() && !withdraw) {
                SealedBid sealed = seal(own, texts);
                say(out, texts.format("sealed", folder.toString(), sealed.commitment()));
            }
            if (submit) {
                submit(own, out, texts);
            }
            if (withdraw) {
                withdraw(own, out, texts);
            }
            return DONE;
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

    private void say(PrintWriter out, String sentence) {
        if (!platform.json) {
            out.println(sentence);
        }
    }

    private SealedBid seal(BidFolder own, Texts texts) throws IOException, GeneralSecurityException {
        Path from = terms;
        Path trusted = trust;
        String which = lot;
        if (from == null || trusted == null || which == null) {
            throw new IOException(texts.text("needs"));
        }
        SealTerms tender = terms(TrustedActs.of(trusted, Files.readAllBytes(from), null));
        if (!tender.lots().contains(which)) {
            throw new IOException(texts.format("no-lot", which, String.join(", ", tender.lots())));
        }
        Files.createDirectories(folder);
        Path before = replaces;
        int version = 1;
        if (before != null) {
            BidFolder earlier = new BidFolder(before);
            version = earlier.bid().version() + 1;
            if (!Files.exists(own.key())) {
                Files.copy(earlier.key(), own.key());
            }
        }
        char[] passphrase = passphrase(!Files.exists(own.key()));
        try {
            KeyFile key = Files.exists(own.key())
                    ? KeyFile.open(own.key(), passphrase)
                    : KeyFile.create(own.key(), SignatureAlgorithm.SM2_SM3, passphrase);
            return own.seal(tender, which, version, key, values(), attachments(tender, texts));
        } finally {
            Arrays.fill(passphrase, ' ');
        }
    }

    /** The one tender that the bundle is about. */
    private static SealTerms terms(List<SignedAct> acts) throws IOException {
        List<Act> chain = acts.stream()
                .map(SignedAct::act)
                .filter(act -> act.subject().kind() == Subject.Kind.TENDER)
                .toList();
        if (chain.stream().map(Act::subject).distinct().count() != 1) {
            throw new IOException("the bundle is not about one tender");
        }
        return SealTerms.of(chain);
    }

    private Map<String, Path> values() {
        Map<String, Path> values = new HashMap<>();
        if (technical != null) {
            values.put("TECHNICAL", technical);
        }
        if (price != null) {
            values.put("PRICE", price);
        }
        return values;
    }

    private Map<String, List<Path>> attachments(SealTerms tender, Texts texts) throws IOException {
        Map<String, List<Path>> all = new HashMap<>();
        for (String each : attach) {
            int at = each.indexOf('=');
            if (at < 1 || !tender.envelopes().contains(each.substring(0, at))) {
                throw new IOException(texts.format("no-envelope", each, String.join(", ", tender.envelopes())));
            }
            all.computeIfAbsent(each.substring(0, at), name -> new ArrayList<>())
                    .add(Path.of(each.substring(at + 1)));
        }
        return all;
    }

    private char[] passphrase(boolean fresh) throws IOException {
        KeyOptions secret = new KeyOptions();
        secret.passphraseFile = passphraseFile;
        return secret.passphrase(fresh);
    }

    private KeyFile key(BidFolder own) throws IOException, GeneralSecurityException {
        char[] passphrase = passphrase(false);
        try {
            return KeyFile.open(own.key(), passphrase);
        } finally {
            Arrays.fill(passphrase, ' ');
        }
    }

    private void submit(BidFolder own, PrintWriter out, Texts texts) throws IOException, GeneralSecurityException {
        SealedBid sealed = own.bid();
        KeyFile key = key(own);
        PlatformClient client = platform.open();
        String bids = "/tenders/" + sealed.tender() + "/bids";
        JsonObject bid = mine(client, bids, sealed);
        if (bid == null) {
            bid = client.post(
                            bids,
                            Json.createObjectBuilder()
                                    .add("lot", sealed.lot())
                                    .add("publicKey", sealed.bidderKey())
                                    .build())
                    .asJsonObject();
        }
        String path = bids + "/" + bid.getString("id");
        if (bid.getInt("version") < sealed.version() && !has(bid, "nextVersion")) {
            bid = client.post(path + "/replace", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
        }
        if (bid.getInt("version") < sealed.version()) {
            upload(client, own, sealed, bid, path, out, texts);
            JsonObject toSign = client.post(
                            path + "/stamp",
                            Json.createObjectBuilder()
                                    .add("manifest", sealed.json())
                                    .build())
                    .asJsonObject();
            byte[] act = checked(Base64.getDecoder().decode(toSign.getString("bytes")), sealed, bid);
            receive(client.post(path + "/submit", signature(key.sign(act))).asJsonObject(), sealed, own, out, texts);
        } else {
            receive(client.get(path + "/receipt").asJsonObject(), sealed, own, out, texts);
        }
    }

    private static boolean has(JsonObject object, String name) {
        return object.containsKey(name) && !object.isNull(name);
    }

    private static JsonObject signature(byte[] der) {
        return Json.createObjectBuilder()
                .add("signature", Base64.getEncoder().encodeToString(der))
                .build();
    }

    private static @Nullable JsonObject mine(PlatformClient client, String bids, SealedBid sealed) throws IOException {
        return client.get(bids).asJsonArray().getValuesAs(JsonObject.class).stream()
                .filter(bid -> bid.getString("publicKey").equals(sealed.bidderKey()))
                .findFirst()
                .orElse(null);
    }

    private void upload(
            PlatformClient client,
            BidFolder own,
            SealedBid sealed,
            JsonObject bid,
            String path,
            PrintWriter out,
            Texts texts)
            throws IOException {
        for (SealedBid.Sealed envelope : sealed.envelopes()) {
            JsonObject here = bid.getJsonObject("uploaded");
            long at = here != null && has(here, envelope.envelope())
                    ? here.getJsonNumber(envelope.envelope()).longValueExact()
                    : 0;
            while (at < envelope.total()) {
                byte[] piece = own.piece(envelope.envelope(), at, PIECE);
                at = client.put(path + "/envelopes/" + envelope.envelope() + "?offset=" + at, piece)
                        .asJsonObject()
                        .getJsonNumber("size")
                        .longValueExact();
                say(out, texts.format("uploaded", envelope.envelope(), at * 100 / envelope.total() + " %"));
            }
        }
    }

    /** Signs only what commits this very bid. */
    private static byte[] checked(byte[] bytes, SealedBid sealed, JsonObject bid) throws IOException {
        Act act = Act.parse(bytes);
        Map<String, Object> body = act.body();
        boolean same = act.type().equals("bid.committed")
                && act.subject().equals(Subject.bid(UUID.fromString(bid.getString("id"))))
                && act.parties().isEmpty()
                && sealed.commitment().equals(body.get("commitment"))
                && sealed.tender().toString().equals(body.get("tender"))
                && sealed.terms().equals(body.get("terms"))
                && sealed.lot().equals(body.get("lot"))
                && sealed.bidderKey().equals(body.get("publicKey"));
        if (!same) {
            throw new IOException("the platform asks to sign another bid than this one");
        }
        return bytes;
    }

    private void receive(JsonObject answer, SealedBid sealed, BidFolder own, PrintWriter out, Texts texts)
            throws IOException {
        Map<String, Object> receipt = CanonicalJson.read(answer.getString("receipt"));
        if (!sealed.commitment().equals(receipt.get("commitment"))) {
            throw new IOException("the receipt is for another bid than this one");
        }
        Files.writeString(own.receipt(), answer.toString());
        if (platform.json) {
            out.println(answer.getString("receipt"));
        } else {
            out.println(texts.format(
                    "submitted",
                    String.valueOf(receipt.get("time")),
                    own.receipt().toString()));
        }
    }

    private void withdraw(BidFolder own, PrintWriter out, Texts texts) throws IOException, GeneralSecurityException {
        SealedBid sealed = own.bid();
        KeyFile key = key(own);
        PlatformClient client = platform.open();
        String bids = "/tenders/" + sealed.tender() + "/bids";
        JsonObject bid = mine(client, bids, sealed);
        if (bid == null) {
            throw new IOException(texts.text("no-bid"));
        }
        String path = bids + "/" + bid.getString("id") + "/withdraw";
        JsonObject answer = client.post(path, JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
        if (has(answer, "act")) {
            byte[] bytes =
                    Base64.getDecoder().decode(answer.getJsonObject("act").getString("bytes"));
            Act act = Act.parse(bytes);
            if (!act.type().equals("bid.withdrawn")
                    || !act.subject().equals(Subject.bid(UUID.fromString(bid.getString("id"))))) {
                throw new IOException("the platform asks to sign something else than the withdrawal of this bid");
            }
            client.post(path, signature(key.sign(bytes)));
        }
        say(out, texts.text("withdrawn"));
    }
}
