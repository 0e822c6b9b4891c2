package org.yiqi.contract.receipt;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Constitution;

/**
 * What a verifier knows of a channel from elsewhere, never from a bundle.
 *
 * @param versions of the contract whose answers count
 * @param constitution whose peers stand for whom; null where only receipts are checked
 */
public record TrustedChannel(
        String channel,
        String contract,
        Set<String> versions,
        List<Organisation> organisations,
        @Nullable Constitution constitution) {

    /**
     * A member service and the authorities that name its peers.
     *
     * @param operator who runs its nodes: several member services may have one operator, which is then one voice
     * @param platform whether that is the platform, whose word about itself proves nothing
     * @param authorities roots (self-signed) and intermediate authorities
     * @param revoked the authorities' lists of revoked certificates
     */
    public record Organisation(
            String msp, String operator, boolean platform, List<X509Certificate> authorities, List<X509CRL> revoked) {

        public Organisation {
            authorities = List.copyOf(authorities);
            revoked = List.copyOf(revoked);
        }
    }

    public TrustedChannel {
        versions = Set.copyOf(versions);
        organisations = List.copyOf(organisations);
    }

    Optional<Organisation> organisation(String msp) {
        return organisations.stream().filter(each -> each.msp().equals(msp)).findFirst();
    }
}
