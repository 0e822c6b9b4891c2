package org.yiqi.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Subject;

/**
 * The acts of one transaction, in their order, and who must endorse it.
 *
 * <p>An act whose endorsers are others waits for the next transaction, and so does everything after it that it could
 * matter to: an act must never be refused because one that it builds upon was left behind, or is still on its way in
 * another transaction.
 *
 * @param consents organisations' member services that must endorse besides the regulator; empty if any will do
 */
record ActBatch(List<Outbox.Pending> acts, Set<String> consents) {

    private static final int UUID_LENGTH = 36;

    ActBatch {
        acts = List.copyOf(acts);
        consents = Set.copyOf(consents);
    }

    /** An act that has been read. */
    record Read(Outbox.Pending row, Act act) {}

    /**
     * Chooses from the front of the outbox. Of a unit's custody only the next act goes: peers know the endorsers of a
     * change from before the block.
     *
     * @param most how many acts at most
     * @param onTheWay acts in other transactions
     * @param stopped things of which nothing may go now
     * @param silent member services whose peers do not answer; what needs their consent waits
     * @param consentsTo the member services that must consent to an act
     */
    static ActBatch choose(
            List<Read> waiting,
            int most,
            Collection<Act> onTheWay,
            Set<UUID> stopped,
            Set<String> silent,
            Function<Act, Set<String>> consentsTo) {
        Set<UUID> left = new HashSet<>(stopped);
        Set<UUID> leftNamed = new HashSet<>();
        onTheWay.forEach(act -> leave(act, left, leftNamed));
        Set<UUID> moved = new HashSet<>();
        List<Outbox.Pending> chosen = new ArrayList<>();
        Set<String> consents = new HashSet<>();
        for (Read each : waiting) {
            if (chosen.size() == most) {
                break;
            }
            Act act = each.act();
            UUID thing = act.subject().id();
            Set<String> needed = consentsTo.apply(act);
            boolean fits = needed.isEmpty()
                    || (Collections.disjoint(silent, needed) && (consents.isEmpty() || consents.containsAll(needed)));
            // Neither ahead of what it may build upon, nor ahead of what may build upon its thing as it is now: a key
            // that is replaced still has to count for the acts before.
            boolean free = Collections.disjoint(named(act), left) && !leftNamed.contains(thing);
            boolean first = act.subject().kind() != Subject.Kind.CUSTODY || !moved.contains(thing);
            if (!fits || !free || !first) {
                leave(act, left, leftNamed);
                continue;
            }
            moved.add(thing);
            consents.addAll(needed);
            chosen.add(each.row());
        }
        return new ActBatch(chosen, consents);
    }

    private static void leave(Act act, Set<UUID> things, Set<UUID> named) {
        things.add(act.subject().id());
        named.addAll(named(act));
    }

    /**
     * Chooses from the front of a history that is recorded anew. Every act must be judged as it was then, so none goes before
     * one that stood before it. Only custody and holds of different units have nothing to do with each other: where a
     * unit's second change of custody has to wait for the next transaction, those of others need not.
     *
     * @param most how many acts at most
     * @param consentsTo as for {@link #choose}; all of them endorse
     */
    static ActBatch inOrder(List<Read> waiting, int most, Function<Act, Set<String>> consentsTo) {
        Set<UUID> left = new HashSet<>();
        Set<UUID> moved = new HashSet<>();
        List<Outbox.Pending> chosen = new ArrayList<>();
        Set<String> consents = new HashSet<>();
        for (Read each : waiting) {
            Subject subject = each.act().subject();
            boolean custody = subject.kind() == Subject.Kind.CUSTODY;
            boolean ofUnit = custody || subject.kind() == Subject.Kind.HOLDS;
            if (chosen.size() == most || (!ofUnit && !left.isEmpty())) {
                break;
            }
            if ((ofUnit && left.contains(subject.id())) || (custody && !moved.add(subject.id()))) {
                left.add(subject.id());
                continue;
            }
            consents.addAll(consentsTo.apply(each.act()));
            chosen.add(each.row());
        }
        return new ActBatch(chosen, consents);
    }

    /** Whatever an act could depend on: its own thing, its parties, and what its body names. */
    private static Set<UUID> named(Act act) {
        Set<UUID> named = new HashSet<>();
        named.add(act.subject().id());
        act.parties().forEach(party -> named.add(party.org()));
        act.body().values().forEach(value -> names(value, named));
        return named;
    }

    private static void names(@Nullable Object value, Set<UUID> named) {
        if (value instanceof List<?> list) {
            list.forEach(each -> names(each, named));
        } else if (value instanceof String text) {
            idIn(text).ifPresent(named::add);
        }
    }

    /** The id that a text is or ends with. */
    private static Optional<UUID> idIn(String text) {
        if (text.length() >= UUID_LENGTH) {
            try {
                return Optional.of(UUID.fromString(text.substring(text.length() - UUID_LENGTH)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The acts as the contract takes them. */
    String json() {
        return acts.stream().map(Outbox.Pending::document).collect(Collectors.joining(",", "[", "]"));
    }
}
