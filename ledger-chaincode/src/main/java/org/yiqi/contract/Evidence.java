package org.yiqi.contract;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Something that supports an act, by its salted digest only: the document and its salt stay where they can be erased.
 *
 * @param name what it is, without personal data
 * @param algorithm {@code SHA-256} or {@code SM3}
 * @param digest 64 hexadecimal digits in lower case
 */
public record Evidence(String name, String algorithm, String digest) {

    private static final Set<String> ALGORITHMS = Set.of("SHA-256", "SM3");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public Evidence {
        if (name.isBlank() || name.length() > 200) {
            throw new MalformedAct("evidence needs a name of at most 200 characters");
        }
        if (!ALGORITHMS.contains(algorithm)) {
            throw new MalformedAct(algorithm + " is no digest that evidence may use");
        }
        if (!DIGEST.matcher(digest).matches()) {
            throw new MalformedAct("a digest is 64 hexadecimal digits");
        }
    }

    Map<String, Object> tree() {
        return Map.of("algorithm", algorithm, "digest", digest, "name", name);
    }

    static Evidence read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("algorithm", "digest", "name"));
        return new Evidence(fields.text("name"), fields.text("algorithm"), fields.text("digest"));
    }
}
