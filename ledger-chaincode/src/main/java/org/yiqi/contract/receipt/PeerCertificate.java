package org.yiqi.contract.receipt;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/** The certificate that a peer or an orderer signs with. */
final class PeerCertificate {

    private final X509Certificate certificate;

    private PeerCertificate(X509Certificate certificate) {
        this.certificate = certificate;
    }

    static PeerCertificate read(byte[] pem) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return new PeerCertificate((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pem)));
    }

    static PeerCertificate of(X509Certificate certificate) {
        return new PeerCertificate(certificate);
    }

    boolean signed(byte[] content, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Whether the certificate says that it is of this kind of node: clients and administrators of an organisation endorse
     * nothing and order nothing.
     *
     * @param kind {@code peer} or {@code orderer}
     */
    boolean isOf(String kind) {
        try {
            LdapName name = new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
            return name.getRdns().stream()
                    .anyMatch(part -> part.getType().equalsIgnoreCase("OU")
                            && part.getValue().toString().equals(kind));
        } catch (InvalidNameException e) {
            return false;
        }
    }

    /** Whether an authority of the organisation vouched for it at the time. */
    boolean vouchedFor(TrustedChannel.Organisation organisation, Instant at) {
        try {
            Set<TrustAnchor> roots = new HashSet<>();
            List<X509Certificate> others = new ArrayList<>(List.of(certificate));
            for (X509Certificate authority : organisation.authorities()) {
                if (authority.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
                    roots.add(new TrustAnchor(authority, null));
                } else {
                    others.add(authority);
                }
            }
            if (roots.isEmpty()) {
                return false;
            }
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(certificate);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, leaf);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
            parameters.setDate(Date.from(at));
            // Lists of revoked certificates come from the verifier's folder, see below: nobody is asked for them.
            parameters.setRevocationEnabled(false);
            return CertPathBuilder.getInstance("PKIX").build(parameters) instanceof PKIXCertPathBuilderResult;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether a list that an authority of the organisation signed names it. */
    boolean revoked(TrustedChannel.Organisation organisation) {
        return organisation.revoked().stream()
                .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(list -> signedByOneOf(list, organisation.authorities()))
                .anyMatch(list -> list.isRevoked(certificate));
    }

    private static boolean signedByOneOf(X509CRL list, List<X509Certificate> authorities) {
        for (X509Certificate authority : authorities) {
            if (authority.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
                try {
                    list.verify(authority.getPublicKey());
                    return true;
                } catch (GeneralSecurityException e) {
                    // Another authority of the same name may have signed it.
                }
            }
        }
        return false;
    }
}
