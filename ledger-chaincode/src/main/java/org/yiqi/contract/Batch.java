package org.yiqi.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Acts as they travel to a ledger together, and its answers: one for each, in the same order. */
public final class Batch {

    /** A refusal that is not a rule's: the document is no act at all. */
    public static final String MALFORMED = "ledger.malformed-act";

    /** More would make a block that nobody can load into memory. */
    public static final int MOST = 1000;

    private final List<Entry> entries;

    private Batch(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** An element of the array: an act, or something else that at best has an act's id. */
    private record Entry(@Nullable String id, @Nullable SignedAct act) {}

    /** Reads a canonical JSON array of signed acts. What is wrong with one of them is that one's own matter. */
    public static Batch parse(String json) {
        Fields fields = new Fields(CanonicalJson.read("{\"acts\":" + json + "}"));
        if (fields.values().size() != 1) {
            throw new MalformedAct("not one array of acts");
        }
        List<Entry> entries = fields.objects("acts", Batch::entry);
        if (entries.size() > MOST) {
            throw new MalformedAct("a batch has at most " + MOST + " acts");
        }
        return new Batch(entries);
    }

    private static Entry entry(Map<String, Object> tree) {
        try {
            SignedAct act = SignedAct.read(tree);
            act.act().requireFits();
            return new Entry(act.act().id().toString(), act);
        } catch (MalformedAct e) {
            return new Entry(
                    tree.get("act") instanceof Map<?, ?> act && act.get("id") instanceof String id ? id : null, null);
        }
    }

    /** The acts that are acts. */
    public List<SignedAct> acts() {
        return entries.stream().map(Entry::act).filter(Objects::nonNull).toList();
    }

    /** What the rules read of every act, whatever its type: a ledger for which each question costs may ask for it at once. */
    public List<String> keys() {
        return acts().stream()
                .flatMap(act -> Register.keysOf(act).stream())
                .distinct()
                .toList();
    }

    /**
     * Records the acts and answers {@code [{"id","status","refusal"?}]}.
     *
     * @param now the endorser's own clock; see {@link LedgerRules#record(List, LedgerState, Instant)}
     */
    public String record(LedgerState state, Instant now) {
        Iterator<Outcome> outcomes = LedgerRules.record(acts(), state, now).iterator();
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Entry entry : entries) {
            answers.add(entry.act() == null ? malformed(entry.id()) : answer(outcomes.next()));
        }
        return CanonicalJson.write(answers);
    }

    private static Map<String, Object> malformed(@Nullable String id) {
        Map<String, Object> answer = new TreeMap<>();
        answer.put("id", id);
        answer.put("refusal", MALFORMED);
        answer.put("status", Outcome.Status.REJECTED.name());
        return answer;
    }

    private static Map<String, Object> answer(Outcome outcome) {
        Map<String, Object> answer = new TreeMap<>();
        answer.put("id", outcome.act().toString());
        answer.put("status", outcome.status().name());
        if (outcome.refusal() != null) {
            answer.put("refusal", outcome.refusal().code());
        }
        return answer;
    }
}
