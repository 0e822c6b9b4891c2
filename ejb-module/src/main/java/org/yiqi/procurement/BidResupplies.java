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
     * @throws RuleViolation {@code procurement.bid-too-large}, {@code procurement.bid-other-bytes}
     * @throws NotFound {@code procurement.tender-not-found}, {@code procurement.bid-not-found}
     * @throws Conflict {@code procurement.bid-bytes-whole}, ...
     */
    @RolesAllowed("**")
    public OpeningView bring(UUID tender, UUID bid, String envelope, InputStream in) {
        try {
            Path aside = Files.createTempFile("bid", ".sealed");
            try {
                copy(in, aside);
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

    private static void copy(InputStream in, Path aside) throws IOException {
        try (OutputStream out = Files.newOutputStream(aside)) {
            long size = 0;
            byte[] piece = in.readNBytes(PIECE);
            while (piece.length > 0) {
                size += piece.length;
                if (size > BidEnvelopes.MOST_BYTES) {
                    throw new RuleViolation("procurement.bid-too-large", "An envelope has at most 512 MiB")
                            .at("", "at most " + BidEnvelopes.MOST_BYTES + " bytes");
                }
                out.write(piece);
                piece = in.readNBytes(PIECE);
            }
        }
    }
}
