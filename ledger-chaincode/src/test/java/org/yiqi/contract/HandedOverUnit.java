package org.yiqi.contract;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A unit that one hospital handed to another: everything that proves it. */
public final class HandedOverUnit {

    private final Consortium c = new Consortium();
    private final List<SignedAct> acts;

    public HandedOverUnit() {
        c.registerUnit();
        c.expectRecorded(Consortium.signed(
                c.custody("custody.accepted", Consortium.handover(c.people, c.union)), c.people, c.union));
        acts = chainsBehind().stream()
                .flatMap(chain -> LedgerQueries.trace(chain, c.state).stream())
                .sorted(Comparator.comparing(signed -> signed.act().id()))
                .toList();
    }

    private Set<Subject> chainsBehind() {
        return ChainsBehind.of(List.of(Subject.custody(c.unit)), c.state);
    }

    public Founding founding() {
        return LedgerQueries.founding(c.state).orElseThrow();
    }

    public List<String> acts() {
        return acts.stream().map(SignedAct::json).toList();
    }

    /** Each chain with its last act, or null where it has none. */
    public Map<Subject, @Nullable UUID> chains() {
        Map<Subject, @Nullable UUID> last = new LinkedHashMap<>();
        for (Subject chain : chainsBehind()) {
            last.put(chain, LedgerQueries.head(chain, c.state).map(Head::act).orElse(null));
        }
        return last;
    }
}
