package org.yiqi.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a ledger answers to those who ask it from afar: {@link LedgerQueries} as canonical JSON, page by page. */
public final class LedgerAnswers {

    /** What a page holds at most. */
    public static final int LARGEST_PAGE = 500;

    private LedgerAnswers() {}

    /** An act with its signatures, or {@code null}. */
    public static String act(UUID id, LedgerState state) {
        return LedgerQueries.act(id, state).map(SignedAct::json).orElse("null");
    }

    /**
     * A page of a subject's acts, {@code {"acts":[…],"next":…}}.
     *
     * @param cursor where the page begins: empty, or {@code next} of the page before
     */
    public static String trace(Subject subject, String cursor, int limit, LedgerState state) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new MalformedAct("a page has 1 to " + LARGEST_PAGE + " acts");
        }
        Register register = new Register(state);
        int position = cursor.isEmpty() ? 0 : position(cursor);
        List<Map<String, Object>> acts = new ArrayList<>();
        @Nullable UUID next = register.actAt(subject, position);
        while (next != null && acts.size() < limit) {
            SignedAct act = register.act(next);
            if (act == null) {
                throw new IllegalStateException("the chain of " + subject + " names an act that is not there");
            }
            acts.add(act.tree());
            next = register.actAt(subject, ++position);
        }
        Map<String, Object> page = new TreeMap<>();
        page.put("acts", acts);
        page.put("next", next == null ? null : Integer.toString(position));
        return CanonicalJson.write(page);
    }

    private static int position(String cursor) {
        if (!cursor.matches("[0-9]{1,9}")) {
            throw new MalformedAct("not a cursor: " + cursor);
        }
        return Integer.parseInt(cursor);
    }

    /** Who answered for a unit at an instant, {@code {"custodian","from","imported","since","to"}} or {@code null}. */
    public static String custodianAt(UUID unit, Instant instant, LedgerState state) {
        Optional<Responsibility> found = LedgerQueries.custodianAt(unit, instant, state);
        if (found.isEmpty()) {
            return "null";
        }
        Responsibility responsibility = found.get();
        Map<String, Object> tree = new TreeMap<>();
        tree.put("custodian", responsibility.custodian().toString());
        tree.put("from", responsibility.from().toString());
        tree.put("imported", responsibility.imported());
        tree.put("since", responsibility.since().toString());
        tree.put("to", responsibility.to() == null ? null : responsibility.to().toString());
        return CanonicalJson.write(tree);
    }

    /** All keys that an organisation has had, and the member service that stands for it. */
    public static String keys(UUID org, LedgerState state) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put(
                "keys",
                LedgerQueries.keys(org, state).stream()
                        .map(OrganisationKey::tree)
                        .toList());
        tree.put("msp", LedgerQueries.msp(org, state).orElse(null));
        return CanonicalJson.write(tree);
    }

    /**
     * What a peer signs as its word on an act and on its subject's chain: {@code {"act","actId","count","head","nonce",
     * "subject"}}. What is not there is said to be null and 0: peers sign answers, but not errors.
     */
    public static String receipt(UUID id, Subject subject, String nonce, LedgerState state) {
        Optional<Head> head = LedgerQueries.head(subject, state);
        Map<String, Object> tree = new TreeMap<>();
        tree.put("act", LedgerQueries.act(id, state).map(SignedAct::tree).orElse(null));
        tree.put("actId", id.toString());
        tree.put("count", Integer.toString(head.map(Head::length).orElse(0)));
        tree.put("head", head.map(Head::tree).orElse(null));
        tree.put("nonce", nonce);
        tree.put("subject", subject.toString());
        return CanonicalJson.write(tree);
    }
}
