package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that an organisation did and answers for, as the document that its signature covers.
 *
 * <p>An act is made once and never changed. It names the act before it on the same subject by that act's digest, so
 * a signature over this act also vouches for everything that led to it. It carries ids and salted digests only: no
 * personal data and no document.
 *
 * @param id UUIDv7; key on the ledger and idempotency key
 * @param type family and name, such as {@code custody.accepted}
 * @param version of the type's form
 * @param subject whose chain this act continues
 * @param occurredAt when it happened, to the millisecond; never before the act that it follows
 * @param parties the organisations that it concerns
 * @param body what the type needs, as texts, booleans, lists and maps
 * @param evidence what supports it
 * @param previous digest of the subject's act before this one, or null for the first
 */
public record Act(
        UUID id,
        String type,
        int version,
        Subject subject,
        Instant occurredAt,
        List<Party> parties,
        Map<String, Object> body,
        List<Evidence> evidence,
        @Nullable String previous) {

    /** Name of the flag that marks history from before the ledger, for ever. */
    public static final String IMPORTED = "imported";

    private static final Pattern TYPE = Pattern.compile("[a-z]{2,30}\\.[a-z-]{2,40}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> NAMES =
            Set.of("body", "evidence", "id", "occurredAt", "parties", "previous", "subject", "type", "version");
    /** The opening of a tender with five hundred bids is the largest. */
    static final int MOST_BYTES = 96 * 1024;

    public Act {
        if (!TYPE.matcher(type).matches()) {
            throw new MalformedAct("no type of act: " + type);
        }
        if (version < 1) {
            throw new MalformedAct("versions start at 1");
        }
        if (previous != null && !DIGEST.matcher(previous).matches()) {
            throw new MalformedAct("previous is not a digest");
        }
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        parties = List.copyOf(parties);
        evidence = List.copyOf(evidence);
        // Through the canonical form and back: a deep copy that also refuses what an act must not hold.
        body = CanonicalJson.read(CanonicalJson.write(body));
    }

    /** Reads an act from its canonical bytes and from nothing else. */
    public static Act parse(byte[] bytes) {
        requireFits(bytes);
        return read(CanonicalJson.read(bytes));
    }

    /** @throws MalformedAct if it is larger than an act may be */
    void requireFits() {
        requireFits(bytes());
    }

    private static void requireFits(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new MalformedAct("an act is at most " + MOST_BYTES + " bytes long");
        }
    }

    static Act read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        Act act = new Act(
                fields.uuid("id"),
                fields.text("type"),
                number(fields.text("version")),
                Subject.parse(fields.text("subject")),
                fields.instant("occurredAt"),
                fields.objects("parties", Party::read),
                fields.object("body"),
                fields.objects("evidence", Evidence::read),
                fields.textOrNull("previous"));
        // Finer times and the like would be dropped silently: what was read must be what is kept.
        if (!act.tree().equals(tree)) {
            throw new MalformedAct("not in canonical form");
        }
        return act;
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new MalformedAct("version is not a number");
        }
        return Integer.parseInt(text);
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new HashMap<>(Map.of(
                "body", body,
                "evidence", evidence.stream().map(Evidence::tree).toList(),
                "id", id.toString(),
                "occurredAt", occurredAt.toString(),
                "parties", parties.stream().map(Party::tree).toList(),
                "subject", subject.toString(),
                "type", type,
                "version", Integer.toString(version)));
        tree.put("previous", previous);
        return tree;
    }

    /** The bytes that signatures cover: RFC 8785, UTF-8. */
    public byte[] bytes() {
        return CanonicalJson.write(tree()).getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256 over {@link #bytes}, in lower-case hexadecimal: how the next act names this one. */
    public String digest() {
        return sha256(bytes());
    }

    /** The organisation in a role, if the act has one. */
    public Optional<UUID> party(PartyRole role) {
        return parties.stream().filter(p -> p.role() == role).map(Party::org).findFirst();
    }

    /** All organisations in a role, in the act's order. */
    public List<UUID> parties(PartyRole role) {
        return parties.stream().filter(p -> p.role() == role).map(Party::org).toList();
    }

    /** Whether the act tells of something from before the ledger. */
    public boolean imported() {
        return Boolean.TRUE.equals(body.get(IMPORTED));
    }

    /** SHA-256 in lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
