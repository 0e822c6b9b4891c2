package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.UUID;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/**
 * Takes the bytes of a bid from a line that may be slow or break. A piece is awaited without a transaction and written in one of
 * its own: whoever waits for a bidder's line holds no connection that others need, at most one piece is in memory, and what was
 * written stays, whatever happens to the line or to the server.
 */
@Stateless
@Secured
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BidUploads {

    private static final int PIECE = 1024 * 1024;

    @Inject
    BidEnvelopes envelopes;

    /**
     * Takes the next bytes of an envelope of the version in the making.
     *
     * @param from how many are here already: an upload that was cut goes on there
     * @return how many are here now
     * @throws Conflict {@code procurement.bid-offset} naming where to go on
     * @throws RuleViolation {@code procurement.bid-late}, {@code procurement.bid-too-large}, {@code procurement.bid-wrong-envelopes}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public long upload(UUID bid, String envelope, long from, InputStream in) {
        byte[] piece = new byte[PIECE];
        int length = fill(piece, in);
        // Even of nothing: where to go on and whether it is too late is answered in any case.
        long here = envelopes.append(bid, envelope, from, Arrays.copyOf(piece, length));
        while (length == PIECE) {
            length = fill(piece, in);
            if (length > 0) {
                here = envelopes.append(bid, envelope, here, Arrays.copyOf(piece, length));
            }
        }
        return here;
    }

    private static int fill(byte[] piece, InputStream in) {
        int length = 0;
        try {
            int read = in.read(piece, 0, PIECE);
            while (read > 0) {
                length += read;
                read = in.read(piece, length, PIECE - length);
            }
        } catch (IOException e) {
            // The bidder asks how much is here and goes on.
            return length;
        }
        return length;
    }
}
