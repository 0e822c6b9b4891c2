package org.yiqi.contract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which chains somebody needs who judges some subjects' acts again: their own, those on which the rules' answers depended,
 * and the organisations with their keys. A tender comes with all bids for it, a unit with its holds, its end with its disposal.
 */
public final class ChainsBehind {

    private final LedgerState state;
    private final Set<Subject> found = new LinkedHashSet<>();
    private final Deque<Subject> open = new ArrayDeque<>();

    private ChainsBehind(LedgerState state) {
        this.state = state;
    }

    /** The chains behind some subjects, those themselves first. */
    public static Set<Subject> of(Collection<Subject> subjects, LedgerState state) {
        ChainsBehind chains = new ChainsBehind(state);
        subjects.forEach(chains::add);
        while (!chains.open.isEmpty()) {
            chains.follow(chains.open.remove());
        }
        return chains.found;
    }

    /**
     * A chain behind those shown that is not among them: left out whole, with all that was said of it.
     *
     * @param state after the acts of those shown
     */
    static Optional<Subject> missing(Collection<Subject> shown, LedgerState state) {
        Set<Subject> known = new HashSet<>(shown);
        return of(shown, state).stream()
                .filter(subject -> !known.contains(subject))
                .findFirst();
    }

    private void add(Subject subject) {
        if (found.add(subject)) {
            open.add(subject);
        }
    }

    private void follow(Subject subject) {
        for (SignedAct signed : LedgerQueries.trace(subject, state)) {
            LedgerRules.subjectsOf(signed.act()).forEach(this::add);
            signed.act().parties().forEach(party -> add(Subject.organisation(party.org())));
        }
        pointingAt(subject).forEach(this::add);
    }

    /** Chains that changed how the subject stands, or what the rules compared with, without being named by its acts. */
    private List<Subject> pointingAt(Subject subject) {
        List<Subject> others = new ArrayList<>();
        switch (subject.kind()) {
            case CUSTODY -> {
                others.add(Subject.holds(subject.id()));
                LedgerQueries.disposalOf(subject.id(), state)
                        .ifPresent(disposal -> others.add(Subject.disposal(disposal)));
            }
            case TENDER -> {
                LedgerQueries.bids(subject.id(), state).forEach(bid -> others.add(Subject.bid(bid.id())));
                LedgerQueries.tender(subject.id(), state)
                        .ifPresent(tender -> tender.contracts().forEach(id -> others.add(Subject.contract(id))));
            }
            case BID ->
                LedgerQueries.authorities(state)
                        .forEach(authority -> others.add(Subject.organisation(authority.org())));
            case DISPOSAL ->
                LedgerQueries.regulators(state).forEach(regulator -> others.add(Subject.organisation(regulator)));
            default -> {
                // Its own acts name everything.
            }
        }
        return others;
    }
}
