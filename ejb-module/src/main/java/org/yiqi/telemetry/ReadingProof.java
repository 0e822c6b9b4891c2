package org.yiqi.telemetry;

import java.util.List;
import org.yiqi.ledger.InclusionView;

/**
 * What shows that a device reported a value: its way to the root of the hour, that root as the content of a leaf, and the
 * leaf's way to the root of the evidence log.
 *
 * @param content canonical JSON of the reading
 * @param salt in Base64
 * @param place among the hour's readings, from 0
 * @param readings how many the hour has
 * @param path in the hour's tree, in Base64
 * @param sealed canonical JSON of the sealed hour, with the root of its tree
 * @param sealedSalt in Base64
 * @param inclusion of the sealed hour's leaf in the evidence log
 */
public record ReadingProof(
        String content,
        String salt,
        int place,
        int readings,
        List<String> path,
        String sealed,
        String sealedSalt,
        InclusionView inclusion) {

    public ReadingProof {
        path = List.copyOf(path);
    }
}
