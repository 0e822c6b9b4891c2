package org.yiqi.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.receipt.Receipt;
import org.yiqi.contract.receipt.ReceiptCheck;
import org.yiqi.contract.receipt.TrustedChannel;

/**
 * Checks a bundle of a Fabric channel by itself: signatures and rules once more, and that peers of at least two operators
 * other than the platform say the same of every chain in it.
 *
 * <p>A receipt is a peer's word about its committed state at the time by the asking client's clock; it is fresh for those
 * who chose the nonce themselves.
 */
public final class NetworkBundleCheck {

    /** How many operators, the platform not counted, must say the same. */
    public static final int OPERATORS = 2;

    /**
     * What the verifier has from elsewhere.
     *
     * @param founding digest of the founding, as printed where people can compare it
     * @param nonce the verifier's own, or null if the answers need not be fresh
     */
    public record Trust(
            String founding,
            TrustedChannel channel,
            @Nullable String nonce) {}

    /** What was compared, in the order in which a reader follows it; then those of {@link ReceiptCheck.Check}. */
    public enum Check {
        FOUNDING,
        CHANNEL,
        ACTS,
        COMPLETENESS,
        FRESHNESS,
        OPERATORS
    }

    /**
     * One comparison.
     *
     * @param check name of a {@link Check} or of a {@link ReceiptCheck.Check}
     * @param compared how many things were looked at
     * @param broken the first one that does not hold, or empty
     */
    public record Step(String check, int compared, String broken) {

        /** Whether everything held. */
        public boolean holds() {
            return broken.isEmpty();
        }
    }

    private final NetworkBundle bundle;
    private final Trust trust;
    private final MemoryState state = new MemoryState();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Set<String>> operators = new LinkedHashMap<>();
    private @Nullable Instant askedAt;

    private NetworkBundleCheck(NetworkBundle bundle, Trust trust) {
        this.bundle = bundle;
        this.trust = trust;
    }

    /**
     * What came out.
     *
     * @param steps all comparisons, those after a broken one included
     * @param operators whose peers say the same of every chain, the platform's not counted
     * @param askedAt when the oldest receipt was asked for, by the asking client's clock
     */
    public record Result(
            List<Step> steps,
            Set<String> operators,
            @Nullable Instant askedAt) {

        public Result {
            steps = List.copyOf(steps);
            operators = Set.copyOf(operators);
        }

        /** Whether everything held. */
        public boolean holds() {
            return steps.stream().allMatch(Step::holds);
        }
    }

    /** All comparisons. */
    public static Result run(NetworkBundle bundle, Trust trust) {
        return new NetworkBundleCheck(bundle, trust).run();
    }

    private Result run() {
        boolean same = bundle.founding().digest().equals(trust.founding());
        step(
                Check.FOUNDING,
                1,
                same ? "" : "the bundle was founded as " + bundle.founding().digest() + ", not as " + trust.founding());
        boolean here = bundle.channel().equals(trust.channel().channel())
                && bundle.contract().equals(trust.channel().contract());
        step(Check.CHANNEL, 1, here ? "" : "the bundle is from " + bundle.channel() + "/" + bundle.contract());
        step(Check.ACTS, bundle.acts().size(), acts());
        step(Check.COMPLETENESS, bundle.questions().size(), completeness());
        String stale = bundle.questions().stream()
                .filter(question -> trust.nonce() != null && !question.nonce().equals(trust.nonce()))
                .findFirst()
                .map(question -> "the answers about " + question.subject() + " were not given to your nonce")
                .orElse("");
        step(Check.FRESHNESS, trust.nonce() == null ? 0 : bundle.questions().size(), stale);
        receipts();
        Set<String> all = new TreeSet<>();
        String alone = "";
        for (NetworkBundle.Question question : bundle.questions()) {
            Set<String> said = operators.getOrDefault(question.subject().toString(), Set.of());
            if (all.isEmpty()) {
                all.addAll(said);
            }
            all.retainAll(said);
            if (said.size() < OPERATORS && alone.isEmpty()) {
                alone = question.subject() + " has receipts of " + said.size() + " operators besides the platform: "
                        + said;
            }
        }
        step(Check.OPERATORS, bundle.questions().size(), alone);
        return new Result(steps, all, askedAt);
    }

    private void step(Check check, int compared, String broken) {
        steps.add(new Step(check.name(), compared, broken));
    }

    /** The consortium's rules accept every act again: keys, signatures, chains, custody. */
    private String acts() {
        LedgerRules.found(bundle.founding(), state);
        for (int i = 0; i < bundle.acts().size(); i++) {
            String where = "act " + (i + 1) + " of the bundle";
            try {
                SignedAct act = SignedAct.parse(bundle.acts().get(i));
                where += " (" + act.act().type() + ")";
                Outcome outcome = LedgerRules.record(
                                List.of(act), state, act.act().occurredAt())
                        .get(0);
                if (outcome.status() != Outcome.Status.RECORDED) {
                    Refusal refusal = outcome.refusal();
                    return where + " is refused: " + (refusal == null ? outcome.status() : refusal.code());
                }
            } catch (MalformedAct e) {
                return where + " cannot be read: " + e.getMessage();
            }
        }
        return "";
    }

    /** Every chain that an act stands in was asked about. */
    private String completeness() {
        Set<Subject> asked = new HashSet<>();
        bundle.questions().forEach(question -> asked.add(question.subject()));
        if (asked.isEmpty()) {
            return "nobody was asked about anything";
        }
        if (asked.size() != bundle.questions().size()) {
            return "a chain was asked about twice";
        }
        for (NetworkBundle.Question question : bundle.questions()) {
            Optional<Head> head = LedgerQueries.head(question.subject(), state);
            boolean last = head.isEmpty() || head.get().act().equals(question.act());
            boolean placed = head.isPresent() == (question.block() != null && question.index() != null);
            if (!last || !placed) {
                return "the peers were not asked about the last act of " + question.subject();
            }
        }
        for (String document : bundle.acts()) {
            try {
                Subject subject = SignedAct.parse(document).act().subject();
                if (!asked.contains(subject)) {
                    return "nobody was asked about " + subject;
                }
            } catch (MalformedAct e) {
                return "an act cannot be read";
            }
        }
        return ChainsBehind.missing(asked, state)
                .map(subject -> "nobody was asked about " + subject + ", which others depend on")
                .orElse("");
    }

    private void receipts() {
        Map<ReceiptCheck.Check, String> broken = new LinkedHashMap<>();
        int count = 0;
        for (NetworkBundle.Question question : bundle.questions()) {
            ReceiptCheck.Claim claim = claim(question);
            for (Receipt receipt : question.receipts()) {
                count++;
                try {
                    ReceiptCheck.Witness witness = ReceiptCheck.run(receipt, trust.channel(), claim);
                    if (!witness.platform()) {
                        operators
                                .computeIfAbsent(question.subject().toString(), subject -> new TreeSet<>())
                                .add(witness.operator());
                    }
                    if (askedAt == null || witness.askedAt().isBefore(askedAt)) {
                        askedAt = witness.askedAt();
                    }
                } catch (ReceiptCheck.Failed failed) {
                    broken.putIfAbsent(failed.check(), question.subject() + ": " + failed.getMessage());
                }
            }
        }
        for (ReceiptCheck.Check check : ReceiptCheck.Check.values()) {
            steps.add(new Step(check.name(), count, broken.getOrDefault(check, "")));
        }
    }

    /** What the peers must have said, by the acts of the bundle. */
    private ReceiptCheck.Claim claim(NetworkBundle.Question question) {
        Optional<Head> head = LedgerQueries.head(question.subject(), state);
        @Nullable
        String document = head.flatMap(it -> LedgerQueries.act(it.act(), state))
                .map(SignedAct::json)
                .orElse(null);
        return new ReceiptCheck.Claim(
                question.subject(),
                question.act(),
                question.nonce(),
                head.map(Head::length).orElse(0),
                document,
                head.map(Head::digest).orElse(null),
                question.block() == null ? -1 : question.block(),
                question.index() == null ? -1 : question.index());
    }
}
