package org.yiqi.contract.sealing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * The public half of a bid: everything about it but the bytes. What the bidder commits to on the ledger is its digest.
 *
 * <p>The bytes of an envelope are its ciphertext and then its files, one behind the other.
 *
 * @param bidderKey the bid's one-time key, as SubjectPublicKeyInfo in Base64
 * @param terms digest of the act for which it was sealed
 */
public record SealedBid(UUID tender, String lot, String bidderKey, int version, String terms, List<Sealed> envelopes) {

    private static final Set<String> NAMES =
            Set.of("bidderKey", "envelopes", "lot", "suite", "tender", "terms", "version");
    private static final int MOST_VERSIONS = 10_000;
    private static final int MOST_FILES = 200;
    /** Of an envelope's own ciphertext: what is larger is an attachment. */
    public static final long MOST_CONTENT = 16L * Envelope.BUCKET + Envelope.TAG;

    /** One envelope. */
    public record Sealed(String envelope, Deal deal, long size, List<File> files) {

        /** How many bytes belong to it. */
        public long total() {
            return size + files.stream().mapToLong(File::size).sum();
        }
    }

    /**
     * A sealed attachment.
     *
     * @param digest {@link SealedFile#digest}
     * @param size of the sealed form
     */
    public record File(String digest, long size) {}

    public SealedBid {
        envelopes = List.copyOf(envelopes);
    }

    /** SM3 of the canonical bytes: what {@code bid.committed} says. */
    public String commitment() {
        return Curve.hex(Curve.sm3(json().getBytes(StandardCharsets.UTF_8)));
    }

    /** Why this bid is none for these terms, as the last part of a code; nothing if every proof holds. */
    public Optional<String> objection(SealTerms wanted) {
        if (!tender.equals(wanted.tender()) || !terms.equals(wanted.terms())) {
            return Optional.of("other-terms");
        }
        if (!wanted.lots().contains(lot)) {
            return Optional.of("unknown-lot");
        }
        if (!envelopes.stream().map(Sealed::envelope).toList().equals(wanted.envelopes())) {
            return Optional.of("wrong-envelopes");
        }
        for (Sealed each : envelopes) {
            boolean sizes = each.size() <= MOST_CONTENT
                    && each.size() % Envelope.BUCKET == Envelope.TAG
                    && each.files().size() <= MOST_FILES;
            if (!sizes) {
                return Optional.of("wrong-size");
            }
            if (!each.deal().holds(context(wanted, each.envelope()))) {
                return Optional.of("wrong-proof");
            }
        }
        return Optional.empty();
    }

    /** What one of its envelopes is bound to. */
    public SealContext context(SealTerms wanted, String envelope) {
        return wanted.context(lot, bidderKey, version, envelope);
    }

    /** The envelope of this name. */
    public Sealed envelope(String name) {
        return envelopes.stream()
                .filter(each -> each.envelope().equals(name))
                .findFirst()
                .orElseThrow(() -> new MalformedAct("no such envelope"));
    }

    public String json() {
        return CanonicalJson.write(Map.of(
                "bidderKey",
                bidderKey,
                "envelopes",
                envelopes.stream().map(SealedBid::tree).toList(),
                "lot",
                lot,
                "suite",
                Curve.SUITE,
                "tender",
                tender.toString(),
                "terms",
                terms,
                "version",
                Integer.toString(version)));
    }

    private static Map<String, Object> tree(Sealed each) {
        return Map.of(
                "deal", each.deal().tree(),
                "envelope", each.envelope(),
                "files",
                        each.files().stream()
                                .map(file -> Map.of("digest", file.digest(), "size", Long.toString(file.size())))
                                .toList(),
                "size", Long.toString(each.size()));
    }

    /** @throws MalformedAct for anything but what {@link #json} writes */
    public static SealedBid parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        long version = fields.number("version");
        if (!fields.text("suite").equals(Curve.SUITE) || version < 1 || version > MOST_VERSIONS) {
            throw new MalformedAct("no such suite or version");
        }
        SealTerms.point(fields.text("bidderKey"));
        return new SealedBid(
                fields.uuid("tender"),
                fields.text("lot"),
                fields.text("bidderKey"),
                (int) version,
                fields.text("terms"),
                fields.objects("envelopes", SealedBid::read));
    }

    private static Sealed read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("deal", "envelope", "files", "size"));
        return new Sealed(
                fields.text("envelope"),
                Deal.read(fields.object("deal")),
                fields.number("size"),
                fields.objects("files", each -> {
                    Fields file = Fields.of(each, Set.of("digest", "size"));
                    if (!file.text("digest").matches("[0-9a-f]{64}")) {
                        throw new MalformedAct("not a digest");
                    }
                    return new File(file.text("digest"), file.number("size"));
                }));
    }
}
