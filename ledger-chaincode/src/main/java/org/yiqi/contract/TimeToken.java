package org.yiqi.contract;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * An RFC 3161 token as a bid carries it: somebody else's word that the bid existed at that time.
 *
 * <p>The signer must be an authority of the ledger, found by the very certificate: a chain that the token brings along
 * proves nothing.
 */
final class TimeToken {

    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final TimeStampToken token;

    private TimeToken(TimeStampToken token) {
        this.token = token;
    }

    static TimeToken parse(String base64) {
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            return new TimeToken(new TimeStampToken(new CMSSignedData(der)));
        } catch (IllegalArgumentException | CMSException | TSPException | IOException e) {
            throw new Refused(Refusal.BAD_TIME_TOKEN);
        }
    }

    Instant time() {
        return token.getTimeStampInfo().getGenTime().toInstant();
    }

    /** The authority that signed this token over the content. */
    TimeAuthority signedBy(List<TimeAuthority> authorities, byte[] content) {
        for (TimeAuthority authority : authorities) {
            X509CertificateHolder certificate = authority.holder();
            if (authority.active() && token.getSID().match(certificate)) {
                Refused.unless(covers(content) && verifies(certificate), Refusal.BAD_TIME_TOKEN);
                return authority;
            }
        }
        throw new Refused(Refusal.UNKNOWN_AUTHORITY);
    }

    private boolean covers(byte[] content) {
        ASN1ObjectIdentifier algorithm = token.getTimeStampInfo().getMessageImprintAlgOID();
        String name;
        if (NISTObjectIdentifiers.id_sha256.equals(algorithm)) {
            name = "SHA-256";
        } else if (GMObjectIdentifiers.sm3.equals(algorithm)) {
            name = "SM3";
        } else {
            return false;
        }
        try {
            byte[] digest = MessageDigest.getInstance(name, PROVIDER).digest(content);
            return Arrays.equals(digest, token.getTimeStampInfo().getMessageImprintDigest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has SHA-256 and SM3", e);
        }
    }

    private boolean verifies(X509CertificateHolder certificate) {
        try {
            SignerInformationVerifier verifier = new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(PROVIDER)
                    .build(certificate);
            token.validate(verifier);
            return true;
        } catch (TSPException | OperatorCreationException | CertificateException e) {
            return false;
        }
    }
}
