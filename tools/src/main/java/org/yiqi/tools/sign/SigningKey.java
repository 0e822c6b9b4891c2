package org.yiqi.tools.sign;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.SignatureAlgorithm;

/** A key of the organisation, wherever its private half is. */
public sealed interface SigningKey permits KeyFile, HsmKey {

    SignatureAlgorithm alg();

    /** SubjectPublicKeyInfo. */
    byte[] publicKey();

    /** A signature over the content itself, DER; digests are made here and nowhere else. */
    byte[] sign(byte[] content) throws GeneralSecurityException;

    default String keyId() {
        return OrganisationKey.fingerprint(publicKey());
    }

    /** Signs the act's own canonical bytes, and does not give away what would not verify. */
    default ActSignature sign(UUID org, Act act) throws GeneralSecurityException {
        byte[] bytes = act.bytes();
        String value = Base64.getEncoder().encodeToString(sign(bytes));
        ActSignature signature = new ActSignature(org, keyId(), alg(), value);
        OrganisationKey key = OrganisationKey.of(org, alg(), publicKey(), OrganisationKey.Custody.HELD);
        if (!signature.verifies(key, bytes)) {
            throw new GeneralSecurityException("the key made a signature that does not verify");
        }
        return signature;
    }
}
