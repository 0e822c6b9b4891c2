package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One value that a device reported, in the form in which the tree of its hour holds it.
 *
 * @param metric its name, such as {@code coolingTemperature}
 */
public record SealedReading(UUID device, String metric, Instant at, double value) {

    /** The canonical bytes: device, metric, instant, and the shortest decimal that is this value. */
    public byte[] bytes() {
        return CanonicalJson.write(Map.of(
                        "at", at.toString(),
                        "device", device.toString(),
                        "metric", metric,
                        "value", Double.toString(value)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The reading's own salt: whoever is shown it learns nothing of the seed, nor of other readings' salts. */
    public byte[] salt(byte[] seed) {
        return MerkleTree.sha256(seed, (metric + "@" + at).getBytes(StandardCharsets.UTF_8));
    }

    /** The reading's leaf in the tree of its hour. */
    public byte[] leaf(byte[] seed) {
        return MerkleTree.leaf(salt(seed), bytes());
    }
}
