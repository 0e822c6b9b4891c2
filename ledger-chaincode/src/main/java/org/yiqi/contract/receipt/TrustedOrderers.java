package org.yiqi.contract.receipt;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who puts a channel's blocks in order, as a verifier knows it from elsewhere.
 *
 * @param byzantine whether more than two thirds of them sign each block; otherwise it is the one that leads
 * @param orderers by whose number blocks name them where they are Byzantine; one may have had several certificates
 */
public record TrustedOrderers(boolean byzantine, List<Orderer> orderers) {

    /** A node that orders, with the certificate that it signs blocks with. */
    public record Orderer(int id, String msp, X509Certificate certificate) {}

    public TrustedOrderers {
        orderers = List.copyOf(orderers);
    }

    /** How many must have signed a block: of four that are Byzantine, three. */
    int quorum() {
        if (!byzantine) {
            return 1;
        }
        int all = (int) orderers.stream().mapToInt(Orderer::id).distinct().count();
        int faulty = (all - 1) / 3;
        return (all + faulty + 2) / 2;
    }
}
