package org.yiqi.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.receipt.Receipt;

/**
 * Proof of what a Fabric channel holds about some subjects, checkable without the platform by {@link NetworkBundleCheck}.
 *
 * @param acts signed acts, canonical, in the channel's order: the subjects' own and those of every organisation in them
 * @param questions what peers of several organisations were asked about each chain, with their signed answers
 */
public record NetworkBundle(
        String channel, String contract, Founding founding, List<String> acts, List<Question> questions) {

    /** What every bundle, page and report says of this kind of ledger. */
    public static final String NOTICE =
            "Fabric channel: acts are accepted by peers of several organisations, and independent peers sign receipts";

    private static final Set<String> NAMES = Set.of("acts", "channel", "contract", "founding", "notice", "questions");

    /**
     * What was asked about one chain.
     *
     * @param act the last act, or any id while there is none
     * @param nonce against answers that were kept from earlier
     * @param block where the last act stands, and which transaction of the block; null while there is none
     */
    public record Question(
            Subject subject,
            UUID act,
            String nonce,
            @Nullable Long block,
            @Nullable Long index,
            List<Receipt> receipts) {

        private static final Set<String> NAMES = Set.of("act", "block", "index", "nonce", "receipts", "subject");

        public Question {
            receipts = List.copyOf(receipts);
        }

        private Map<String, Object> tree() {
            Map<String, Object> tree = new HashMap<>();
            tree.put("act", act.toString());
            tree.put("block", block == null ? null : block.toString());
            tree.put("index", index == null ? null : index.toString());
            tree.put("nonce", nonce);
            tree.put("receipts", receipts.stream().map(Receipt::tree).toList());
            tree.put("subject", subject.toString());
            return tree;
        }

        private static Question read(Map<String, Object> tree) {
            Fields fields = Fields.of(tree, NAMES);
            return new Question(
                    Subject.parse(fields.text("subject")),
                    fields.uuid("act"),
                    fields.text("nonce"),
                    tree.get("block") == null ? null : fields.number("block"),
                    tree.get("index") == null ? null : fields.number("index"),
                    fields.objects("receipts", Receipt::read));
        }
    }

    public NetworkBundle {
        acts = List.copyOf(acts);
        questions = List.copyOf(questions);
    }

    /** Canonical JSON. */
    public String json() {
        return CanonicalJson.write(Map.of(
                "acts",
                acts,
                "channel",
                channel,
                "contract",
                contract,
                "founding",
                founding.json(),
                "notice",
                NOTICE,
                "questions",
                questions.stream().map(Question::tree).toList()));
    }

    /** Whether a bundle is of this kind. */
    public static boolean is(String json) {
        return NOTICE.equals(CanonicalJson.read(json).get("notice"));
    }

    /** Reads what {@link #json} wrote. */
    public static NetworkBundle parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        if (!fields.text("notice").equals(NOTICE)) {
            throw new MalformedAct("the bundle does not say what kind of ledger it is from");
        }
        return new NetworkBundle(
                fields.text("channel"),
                fields.text("contract"),
                Founding.parse(fields.text("founding")),
                fields.texts("acts"),
                fields.objects("questions", Question::read));
    }
}
