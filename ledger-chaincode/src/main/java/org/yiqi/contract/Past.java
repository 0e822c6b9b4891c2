package org.yiqi.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a consortium's ledger continues: a local one that has grown up. Said once, by the regulator, with the founding, so
 * that whoever has a copy of the local ledger's heads can compare.
 *
 * @param hash of the last line of the local ledger's journal
 * @param acts how many acts it held
 * @param until when it ended: of the time before, this ledger knows only what the acts say themselves
 */
public record Past(String hash, long acts, Instant until) {

    private static final Set<String> NAMES = Set.of("acts", "hash", "until");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public Past {
        if (!HASH.matcher(hash).matches()) {
            throw new MalformedAct("a journal line's hash is 64 hexadecimal digits");
        }
    }

    /** Whether a time had come before this ledger began. */
    boolean covers(Instant time) {
        return !time.isAfter(until);
    }

    /** Canonical JSON. */
    public String json() {
        return CanonicalJson.write(Map.of("acts", Long.toString(acts), "hash", hash, "until", until.toString()));
    }

    /** Reads what {@link #json} wrote. */
    public static Past parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        return new Past(fields.text("hash"), fields.number("acts"), fields.instant("until"));
    }
}
