package org.yiqi.contract;

import java.util.Map;
import java.util.UUID;

/**
 * What an act is about. Each subject has a chain of its own, so that a hold never makes a custody act stale.
 *
 * @param kind which chain of the thing
 * @param id the thing itself
 */
public record Subject(Kind kind, UUID id) {

    /** The chains there are. */
    public enum Kind {
        CUSTODY("custody"),
        HOLDS("holds"),
        ORGANISATION("organisation"),
        /** A Merkle log of evidence. */
        EVIDENCE("evidence");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Who answers for a unit. */
    public static Subject custody(UUID unit) {
        return new Subject(Kind.CUSTODY, unit);
    }

    /** What stops a unit from being used. */
    public static Subject holds(UUID unit) {
        return new Subject(Kind.HOLDS, unit);
    }

    /** An organisation, its keys and its standing. */
    public static Subject organisation(UUID org) {
        return new Subject(Kind.ORGANISATION, org);
    }

    /** A Merkle log of evidence, by the log's id. */
    public static Subject evidence(UUID log) {
        return new Subject(Kind.EVIDENCE, log);
    }

    /** Reads the form that {@link #toString} writes. */
    public static Subject parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix + ":")) {
                Fields id = new Fields(Map.of("subject", text.substring(kind.prefix.length() + 1)));
                return new Subject(kind, id.uuid("subject"));
            }
        }
        throw new MalformedAct("no subject: " + text);
    }

    @Override
    public String toString() {
        return kind.prefix + ":" + id;
    }
}
