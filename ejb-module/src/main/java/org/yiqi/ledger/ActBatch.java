package org.yiqi.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Party;
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
    private static final UUID NOTHING = new UUID(0, 0);

    ActBatch {
        acts = List.copyOf(acts);
        consents = Set.copyOf(consents);
    }

    /** An act that has been read. */
    record Read(Outbox.Pending row, Act act) {}

    /**
     * Chooses from the front of the outbox.
     *
     * @param busy things whose acts are in another transaction
     * @param consentTo the member service that must consent to an act, if it must be a certain one
     */
    static ActBatch choose(List<Read> waiting, Set<UUID> busy, Function<Act, Optional<String>> consentTo) {
        Set<UUID> left = new HashSet<>(busy);
        List<Outbox.Pending> chosen = new ArrayList<>();
        Set<String> consents = new HashSet<>();
        for (Read each : waiting) {
            Optional<String> consent = consentTo.apply(each.act());
            boolean fits = consent.isEmpty() || consents.isEmpty() || consents.contains(consent.get());
            if (!fits || concerns(each.act(), left)) {
                left.add(each.act().subject().id());
                continue;
            }
            consent.ifPresent(consents::add);
            chosen.add(each.row());
        }
        return new ActBatch(chosen, consents);
    }

    /**
     * Chooses from the front of a history that is recorded anew. Every act must be judged as it was then, so none goes before
     * one that stood before it. Only custody and holds of different units have nothing to do with each other: where a
     * unit's second change of custody has to wait for the next transaction, those of others need not.
     *
     * @param most how many acts at most
     * @param consentTo as for {@link #choose}; all of them endorse
     */
    static ActBatch inOrder(List<Read> waiting, int most, Function<Act, Optional<String>> consentTo) {
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
            consentTo.apply(each.act()).ifPresent(consents::add);
            chosen.add(each.row());
        }
        return new ActBatch(chosen, consents);
    }

    private static boolean concerns(Act act, Set<UUID> things) {
        if (things.isEmpty()) {
            return false;
        }
        return things.contains(act.subject().id())
                || act.parties().stream().map(Party::org).anyMatch(things::contains)
                || act.body().values().stream().anyMatch(value -> names(value, things));
    }

    private static boolean names(@Nullable Object value, Set<UUID> things) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(each -> names(each, things));
        }
        return value instanceof String text && things.contains(idIn(text));
    }

    /** The id that a text is or ends with; what has none names nothing. */
    private static UUID idIn(String text) {
        if (text.length() >= UUID_LENGTH) {
            try {
                return UUID.fromString(text.substring(text.length() - UUID_LENGTH));
            } catch (IllegalArgumentException e) {
                return NOTHING;
            }
        }
        return NOTHING;
    }

    /** The acts as the contract takes them. */
    String json() {
        return acts.stream().map(Outbox.Pending::document).collect(Collectors.joining(",", "[", "]"));
    }
}
