package org.yiqi.procurement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a file proves to be.
 *
 * @param verdict SIGNED; WAITING for signatures; ALTERED: it names a contract of the platform, but is not its file; UNKNOWN
 * @param number the contract that the file is, or says it is
 * @param latest whether no later change was signed
 */
public record ContractFile(
        Verdict verdict,
        String sha256,
        String number,
        int revision,
        String title,
        @Nullable UUID buyerId,
        @Nullable UUID supplierId,
        @Nullable UUID actId,
        String actDigest,
        @Nullable Instant signedAt,
        boolean latest) {

    /** What is known about the file. */
    public enum Verdict {
        SIGNED,
        WAITING,
        ALTERED,
        UNKNOWN
    }
}
