package org.yiqi.telemetry;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.yiqi.contract.MerkleTree;

/**
 * An hour of a device that is sealed in the evidence log.
 *
 * @param root of the tree of its readings, in hexadecimal
 */
public record SealedHour(Instant hour, int readings, String root) {

    /** One digest for several hours: the root of the tree of their roots, in their order. */
    public static String root(List<SealedHour> hours) {
        return HexFormat.of()
                .formatHex(MerkleTree.root(hours.stream()
                        .map(h -> HexFormat.of().parseHex(h.root()))
                        .toList()));
    }
}
