package org.yiqi.contract.evaluation;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.MerkleTree;

/**
 * Everything that decided about an envelope of a tender, one entry for each thing that was said. {@code tender.scored} carries the root of
 * the RFC 6962 tree over the entries; each has a salt, so that a score is not guessed from the root before it is published.
 */
public record EvaluationDocument(UUID tender, String envelope, List<Entry> entries) {

    private static final int SALT = 16;
    private static final Set<String> NAMES = Set.of("entries", "envelope", "tender");

    /**
     * One thing that was said.
     *
     * @param kind {@code terms}, {@code verdict}, {@code mark}, {@code price} or {@code answer}
     * @param leaf its hash in the tree, in hexadecimal; names what was changed when it does not fit
     */
    public record Entry(String kind, Map<String, Object> text, String salt, String leaf) {

        private static Entry of(String kind, Map<String, Object> text, SecureRandom random) {
            byte[] salt = new byte[SALT];
            random.nextBytes(salt);
            String hex = HexFormat.of().formatHex(salt);
            return new Entry(kind, text, hex, leaf(kind, text, hex));
        }

        private static String leaf(String kind, Map<String, Object> text, String salt) {
            Map<String, Object> tree = Map.of("entry", text, "kind", kind);
            return HexFormat.of()
                    .formatHex(MerkleTree.leaf(
                            HexFormat.of().parseHex(salt),
                            CanonicalJson.write(tree).getBytes(StandardCharsets.UTF_8)));
        }

        boolean isWhole() {
            return leaf.equals(leaf(kind, text, salt));
        }
    }

    public EvaluationDocument {
        entries = List.copyOf(entries);
    }

    /** The document of an evaluation; every entry gets a salt of its own. */
    public static EvaluationDocument of(String envelope, Evaluation evaluation, SecureRandom random) {
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.of("terms", evaluation.terms().tree(), random));
        evaluation.verdicts().forEach(each -> entries.add(Entry.of("verdict", each.tree(), random)));
        evaluation.marks().forEach(each -> entries.add(Entry.of("mark", each.tree(), random)));
        evaluation.prices().forEach(each -> entries.add(Entry.of("price", each.tree(), random)));
        evaluation.answers().forEach(each -> entries.add(Entry.of("answer", each.tree(), random)));
        return new EvaluationDocument(evaluation.terms().tender(), envelope, entries);
    }

    /** What {@code tender.scored} says of it, in hexadecimal. */
    public String root() {
        return HexFormat.of()
                .formatHex(MerkleTree.root(entries.stream()
                        .map(each -> HexFormat.of().parseHex(each.leaf()))
                        .toList()));
    }

    /** Canonical JSON. */
    public String json() {
        return CanonicalJson.write(Map.of(
                "entries",
                entries.stream()
                        .map(each -> Map.of(
                                "entry", each.text(), "kind", each.kind(), "leaf", each.leaf(), "salt", each.salt()))
                        .toList(),
                "envelope",
                envelope,
                "tender",
                tender.toString()));
    }

    /** Reads what {@link #json} wrote. */
    public static EvaluationDocument parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        return new EvaluationDocument(
                fields.uuid("tender"), fields.text("envelope"), fields.objects("entries", tree -> {
                    Fields each = Fields.of(tree, Set.of("entry", "kind", "leaf", "salt"));
                    if (!each.text("salt").matches("[0-9a-f]{32}")
                            || !each.text("leaf").matches("[0-9a-f]{64}")) {
                        throw new MalformedAct("an entry without its salt or its place in the tree");
                    }
                    return new Entry(each.text("kind"), each.object("entry"), each.text("salt"), each.text("leaf"));
                }));
    }

    /** What was judged, typed. */
    public Evaluation evaluation() {
        List<EvaluationTerms> terms = read("terms", EvaluationTerms::read);
        if (terms.size() != 1 || !terms.get(0).tender().equals(tender)) {
            throw new MalformedAct("an evaluation has its own terms, once");
        }
        Map<String, Integer> known = new HashMap<>();
        entries.forEach(each -> known.merge(each.kind(), 1, Integer::sum));
        if (!Set.of("terms", "verdict", "mark", "price", "answer").containsAll(known.keySet())) {
            throw new MalformedAct("an evaluation with entries of another kind");
        }
        return new Evaluation(
                terms.get(0),
                read("verdict", Verdict::read),
                read("mark", Mark::read),
                read("price", OpenedPrice::read),
                read("answer", LowPriceAnswer::read));
    }

    private <T> List<T> read(String kind, Function<Map<String, Object>, T> reader) {
        return entries.stream()
                .filter(each -> each.kind().equals(kind))
                .map(each -> reader.apply(each.text()))
                .toList();
    }
}
