package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a bundle by itself: nothing is asked of the platform, and nothing in the bundle is believed that is not signed.
 *
 * <p>What cannot be seen here: whether the operator showed somebody else another history. For that, compare the heads
 * with those that a regulator has downloaded.
 */
public final class BundleCheck {

    /**
     * What the verifier has from elsewhere.
     *
     * @param founding digest of the founding, as printed where people can compare it
     * @param heads signed heads that were downloaded earlier; may be empty
     */
    public record Trust(String founding, List<SignedHead> heads) {

        public Trust {
            heads = List.copyOf(heads);
        }
    }

    /** What was compared, in the order in which a reader follows it. */
    public enum Check {
        FOUNDING,
        DOCUMENTS,
        LINKS,
        HEADS,
        KNOWN_HEADS,
        ACTS,
        COMPLETENESS
    }

    /**
     * One comparison.
     *
     * @param compared how many things were looked at
     * @param broken the first one that does not hold, or empty
     */
    public record Step(Check check, int compared, String broken) {

        /** Whether everything held. */
        public boolean holds() {
            return broken.isEmpty();
        }
    }

    private final Bundle bundle;
    private final Trust trust;
    private final MemoryState state = new MemoryState();
    private int compared;

    private BundleCheck(Bundle bundle, Trust trust) {
        this.bundle = bundle;
        this.trust = trust;
    }

    /** All comparisons, those after a broken one included. */
    public static List<Step> run(Bundle bundle, Trust trust) {
        BundleCheck check = new BundleCheck(bundle, trust);
        List<Step> steps = new ArrayList<>();
        steps.add(check.step(Check.FOUNDING, check::founding));
        steps.add(check.step(Check.DOCUMENTS, check::documents));
        steps.add(check.step(Check.LINKS, check::links));
        steps.add(check.step(Check.HEADS, check::heads));
        steps.add(check.step(Check.KNOWN_HEADS, check::knownHeads));
        steps.add(check.step(Check.ACTS, check::acts));
        steps.add(check.step(Check.COMPLETENESS, check::completeness));
        return steps;
    }

    private Step step(Check check, Comparison comparison) {
        compared = 0;
        String broken = comparison.firstBroken();
        return new Step(check, compared, broken);
    }

    private String founding() {
        compared = 1;
        return bundle.founding().digest().equals(trust.founding())
                ? ""
                : "the bundle was founded as " + bundle.founding().digest() + ", not as " + trust.founding();
    }

    private String documents() {
        for (Bundle.Line line : bundle.lines()) {
            String document = line.document();
            if (document == null) {
                continue;
            }
            compared++;
            String digest = Act.sha256(document.getBytes(StandardCharsets.UTF_8));
            if (!digest.equals(line.entry().documentDigest())) {
                return "journal line " + line.entry().position() + " is not for the document that is with it";
            }
            if (line.entry().position() == 0
                    && !document.equals(bundle.founding().json())) {
                return "journal line 0 is another founding";
            }
        }
        return "";
    }

    /** Every line leads, line by line, to a head that the operator signed. */
    private String links() {
        Map<Long, SignedHead> heads = new HashMap<>();
        bundle.heads().forEach(head -> heads.put(head.position(), head));
        List<JournalEntry> entries = bundle.lines().stream()
                .map(Bundle.Line::entry)
                .sorted(Comparator.comparingLong(JournalEntry::position))
                .toList();
        for (int i = 0; i < entries.size(); i++) {
            JournalEntry entry = entries.get(i);
            compared++;
            SignedHead head = heads.get(entry.position());
            if (head != null && !head.hash().equals(entry.hash())) {
                return "the signed head of journal line " + entry.position() + " is over other content";
            }
            JournalEntry next = i + 1 < entries.size() ? entries.get(i + 1) : null;
            if (next != null && next.position() == entry.position() + 1) {
                if (!next.previousHash().equals(entry.hash())) {
                    return "journal line " + next.position() + " does not follow line " + entry.position();
                }
            } else if (head == null) {
                return "nothing signed covers journal line " + entry.position();
            }
        }
        return "";
    }

    private String heads() {
        Optional<OrganisationKey> operator = operator();
        for (SignedHead head : bundle.heads()) {
            compared++;
            if (operator.isEmpty() || !head.verifies(operator.get())) {
                return "the head at journal line " + head.position() + " is not signed by the operator";
            }
        }
        return "";
    }

    private Optional<OrganisationKey> operator() {
        return bundle.founding().founders().stream()
                .filter(founder -> founder.kind() == OrganisationKind.PLATFORM)
                .flatMap(founder -> founder.keys().stream())
                .findFirst();
    }

    private String knownHeads() {
        Map<Long, String> known = new HashMap<>();
        trust.heads().forEach(head -> known.put(head.position(), head.hash()));
        for (SignedHead head : bundle.heads()) {
            String hash = known.get(head.position());
            if (hash != null) {
                compared++;
                if (!hash.equals(head.hash())) {
                    return "the head at journal line " + head.position() + " is not the one you have";
                }
            }
        }
        return "";
    }

    /** The consortium's rules accept every act again: keys, signatures, chains, custody. */
    private String acts() {
        LedgerRules.found(bundle.founding(), state);
        List<Bundle.Line> lines = bundle.lines().stream()
                .filter(line -> line.document() != null && line.entry().position() > 0)
                .sorted(Comparator.comparingLong(line -> line.entry().position()))
                .toList();
        for (Bundle.Line line : lines) {
            compared++;
            String where = "the act of journal line " + line.entry().position();
            try {
                SignedAct act = SignedAct.parse(String.valueOf(line.document()));
                Outcome outcome = LedgerRules.record(
                                List.of(act), state, line.entry().recordedAt())
                        .get(0);
                if (outcome.status() != Outcome.Status.RECORDED) {
                    Refusal refusal = outcome.refusal();
                    return where + " (" + act.act().type() + ") is refused: "
                            + (refusal == null ? outcome.status() : refusal.code());
                }
            } catch (MalformedAct e) {
                return where + " cannot be read: " + e.getMessage();
            }
        }
        return "";
    }

    /** No act was left out: the operator said how far each chain goes. */
    private String completeness() {
        Optional<OrganisationKey> operator = operator();
        if (bundle.statements().isEmpty()) {
            return "nothing says how far the chains go";
        }
        for (SubjectStatement statement : bundle.statements()) {
            compared++;
            if (operator.isEmpty() || !statement.verifies(operator.get())) {
                return "the statement about " + statement.subject() + " is not signed by the operator";
            }
            Optional<Head> head = LedgerQueries.head(statement.subject(), state);
            int length = head.map(Head::length).orElse(0);
            if (length != statement.length()) {
                return statement.subject() + " has " + statement.length() + " acts, the bundle shows " + length;
            }
            if (head.isPresent() && !head.get().digest().equals(statement.digest())) {
                return "the last act of " + statement.subject() + " is another one";
            }
        }
        List<Subject> shown =
                bundle.statements().stream().map(SubjectStatement::subject).toList();
        return ChainsBehind.missing(shown, state)
                .map(subject -> "nothing says how far the chain of " + subject + " goes, which others depend on")
                .orElse("");
    }

    private interface Comparison {
        String firstBroken();
    }
}
