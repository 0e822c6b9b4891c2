package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/** Takes bytes of a bid that are missing here from whoever has them: whole and aside first, so that a slow line holds up no opening. */
@Stateless
@Secured
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BidResupplies {

    private static final int PIECE = 1024 * 1024;

    @Inject
    MissingBids missing;

    /**
     * The same as {@link MissingBids#resupply}; anybody who is signed in may.
     *
     * @throws RuleViolation {@code procurement.bid-other-bytes}
     * @throws NotFound {@code procurement.tender-not-found}, {@code procurement.bid-not-found}
     * @throws Conflict {@code procurement.bid-bytes-whole}, ...
     */
    @RolesAllowed("**")
    public OpeningView bring(UUID tender, UUID bid, String envelope, InputStream in) {
        long size = missing.size(tender, bid, envelope);
        try {
            Path aside = Files.createTempFile("bid", ".sealed");
            try {
                if (copied(in, aside, size + 1) != size) {
                    throw MissingBids.other(envelope);
                }
                try (InputStream content = Files.newInputStream(aside)) {
                    return missing.resupply(tender, bid, envelope, content);
                }
            } finally {
                Files.delete(aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return how many bytes came, of so many at most */
    private static long copied(InputStream in, Path aside, long most) throws IOException {
        long size = 0;
        try (OutputStream out = Files.newOutputStream(aside)) {
            byte[] piece = in.readNBytes((int) Math.min(PIECE, most));
            while (piece.length > 0) {
                out.write(piece);
                size += piece.length;
                piece = in.readNBytes((int) Math.min(PIECE, most - size));
            }
        }
        return size;
    }
}
