package org.yiqi.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proof of what a local ledger holds about some subjects, checkable without the platform by {@link BundleCheck}.
 *
 * @param statements where each subject's chain stands
 * @param founding what the ledger started from
 * @param lines of the journal: those with documents, and those that link them to signed heads
 * @param heads signed heads at which the links end
 */
public record Bundle(List<SubjectStatement> statements, Founding founding, List<Line> lines, List<SignedHead> heads) {

    /** What every bundle, page and report says of this kind of ledger. */
    public static final String NOTICE = "local ledger: tamper-evident, one operator, no consensus";

    private static final Set<String> NAMES = Set.of("founding", "heads", "lines", "notice", "statements");

    /**
     * A line of the journal.
     *
     * @param document the signed act that the line is for, or null where only the link is needed
     */
    public record Line(JournalEntry entry, @Nullable String document) {

        private Map<String, Object> tree() {
            Map<String, Object> tree = new HashMap<>();
            tree.put("document", document);
            tree.put("entry", entry.tree());
            return tree;
        }

        private static Line read(Map<String, Object> tree) {
            Fields fields = Fields.of(tree, Set.of("document", "entry"));
            return new Line(JournalEntry.read(fields.object("entry")), fields.textOrNull("document"));
        }
    }

    public Bundle {
        statements = List.copyOf(statements);
        lines = List.copyOf(lines);
        heads = List.copyOf(heads);
    }

    /** Canonical JSON. */
    public String json() {
        return CanonicalJson.write(Map.of(
                "founding",
                founding.json(),
                "heads",
                heads.stream().map(SignedHead::tree).toList(),
                "lines",
                lines.stream().map(Line::tree).toList(),
                "notice",
                NOTICE,
                "statements",
                statements.stream().map(SubjectStatement::tree).toList()));
    }

    /** Reads what {@link #json} wrote. */
    public static Bundle parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        if (!fields.text("notice").equals(NOTICE)) {
            throw new MalformedAct("the bundle does not say what kind of ledger it is from");
        }
        return new Bundle(
                fields.objects("statements", SubjectStatement::read),
                Founding.parse(fields.text("founding")),
                fields.objects("lines", Line::read),
                fields.objects("heads", SignedHead::read));
    }
}
