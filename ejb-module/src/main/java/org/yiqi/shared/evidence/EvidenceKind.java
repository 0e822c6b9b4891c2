package org.yiqi.shared.evidence;

import java.util.Locale;

/** What can be in the evidence log. In the database and in addresses each is its name in lower case, with hyphens. */
public enum EvidenceKind {
    /** An entry of the audit log, by its number. */
    AUDIT(false),
    /** A photo or document of a unit. */
    DOCUMENT(true),
    /** The file behind an organisation's credential: what its qualification was granted on stays. */
    CREDENTIAL_FILE(false),
    /** A file of a work order. */
    ATTACHMENT(true),
    /** What a rental cost, once both sides have agreed. */
    STATEMENT(false),
    /** Everything that a device reported in an hour, by {@code device/hour}. */
    TELEMETRY(false),
    /** A piece of evidence in a case of damage: what somebody answered for on it stays. */
    LIABILITY(false);

    private final boolean erasable;

    EvidenceKind(boolean erasable) {
        this.erasable = erasable;
    }

    /** Whether what was given can be taken back; what the law wants kept cannot. */
    public boolean erasable() {
        return erasable;
    }

    /** The name in the database and in addresses. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return code();
    }
}
