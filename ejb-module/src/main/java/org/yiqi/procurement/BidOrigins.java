package org.yiqi.procurement;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Secured;

/**
 * Y037: bids of different bidders that were submitted from one network address (财政部令第87号 §37: one person handles them). Addresses
 * are kept nowhere: a digest under a secret of the tender, and after the opening only which bids have the same, see {@link BidDocuments}.
 */
@Stateless
@Secured
public class BidOrigins {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    BidRows rows;

    /**
     * The caller's organisation has submitted a bid from an address. One that many share, or that stands between them and us, tells
     * nothing and is left out.
     *
     * @throws NotFound {@code procurement.bid-not-found}, for everybody but its bidder
     */
    @RolesAllowed(Roles.SUPPLIER)
    public void submitted(UUID bid, String address) {
        UUID tender = rows.tenderOf(bid);
        if (isOwn(address)) {
            byte[] fresh = new byte[32];
            RANDOM.nextBytes(fresh);
            LedgerWide.on(dataSource, c -> {
                sql.update(
                        "insert into procurement.bid_origin_secret(tender_id, secret) values (?,?) on conflict do nothing",
                        tender,
                        fresh);
                byte[] secret = sql.first(
                                "select secret from procurement.bid_origin_secret where tender_id = ?",
                                rs -> rs.getBytes(1),
                                tender)
                        .orElseThrow();
                return sql.update("""
                        insert into procurement.bid_origin(bid_id, tender_id, origin) values (?,?,?)
                        on conflict (bid_id) do update set origin = excluded.origin""", bid, tender, digest(secret, address));
            });
        }
    }

    private static boolean isOwn(String address) {
        try {
            InetAddress known = InetAddress.getByName(address);
            return !known.isLoopbackAddress()
                    && !known.isSiteLocalAddress()
                    && !known.isLinkLocalAddress()
                    && !known.isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String digest(byte[] secret, String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
