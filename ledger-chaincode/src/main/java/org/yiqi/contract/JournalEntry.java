package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * One line of a local ledger's journal, by digest: each line's hash covers the line before it.
 *
 * @param position 0 is the founding
 * @param recordedAt when the operator wrote it, to the millisecond
 * @param documentDigest SHA-256 of the document: a {@link SignedAct} or the {@link Founding}
 * @param previousHash hash of the line before, {@link #ORIGIN} for the first
 */
public record JournalEntry(long position, Instant recordedAt, String documentDigest, String previousHash) {

    /** What the first line follows. */
    public static final String ORIGIN = "0".repeat(64);

    private static final Set<String> NAMES = Set.of("documentDigest", "position", "previousHash", "recordedAt");

    /** A line for a document. */
    public static JournalEntry of(long position, Instant recordedAt, String document, String previousHash) {
        return new JournalEntry(
                position, recordedAt, Act.sha256(document.getBytes(StandardCharsets.UTF_8)), previousHash);
    }

    /** SHA-256 over {@code previousHash|position|milliseconds|documentDigest}; SQL computes the same. */
    public String hash() {
        String text = previousHash + "|" + position + "|" + recordedAt.toEpochMilli() + "|" + documentDigest;
        return Act.sha256(text.getBytes(StandardCharsets.US_ASCII));
    }

    Map<String, Object> tree() {
        return Map.of(
                "documentDigest",
                documentDigest,
                "position",
                Long.toString(position),
                "previousHash",
                previousHash,
                "recordedAt",
                recordedAt.toString());
    }

    static JournalEntry read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        return new JournalEntry(
                fields.number("position"),
                fields.instant("recordedAt"),
                fields.text("documentDigest"),
                fields.text("previousHash"));
    }
}
