package org.yiqi.contract;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.Strings;
import org.jspecify.annotations.Nullable;

/** How an organisation signs. Public keys are SubjectPublicKeyInfo, private keys PKCS#8, signatures DER. */
public enum SignatureAlgorithm {
    /** GM/T 0003 with SM3 and the identity that everyone uses, so that other tools verify without asking. */
    SM2_SM3("SM3withSM2", "sm2p256v1", GMObjectIdentifiers.sm2p256v1),
    /** For organisations whose HSM has no SM2. */
    ECDSA_P256_SHA256("SHA256withECDSA", "secp256r1", SECObjectIdentifiers.secp256r1);

    /** The signer's identity that goes into every SM2 signature. */
    public static final String SM2_IDENTITY = "1234567812345678";

    private static final int MOST_DECODED = 1000;

    // An instance of our own: registering it would change the server's global list of providers.
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final String scheme;
    private final String curve;
    private final ASN1ObjectIdentifier curveId;
    private final Map<ByteBuffer, PublicKey> decoded =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ByteBuffer, PublicKey> eldest) {
                    return size() > MOST_DECODED;
                }
            });

    SignatureAlgorithm(String scheme, String curve, ASN1ObjectIdentifier curveId) {
        this.scheme = scheme;
        this.curve = curve;
        this.curveId = curveId;
    }

    /** What Java's providers call it. */
    public String scheme() {
        return scheme;
    }

    /** A fresh pair on this algorithm's curve. */
    public KeyPair newKeyPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
            generator.initialize(new ECGenParameterSpec(curve), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has this curve", e);
        }
    }

    /** Signs with a PKCS#8 private key. */
    public byte[] sign(byte[] pkcs8, byte[] content) {
        try {
            PrivateKey key = KeyFactory.getInstance("EC", PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            Signature signature = signature();
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a private key for " + name(), e);
        }
    }

    /** Whether the signature is this key's over the content. Anything malformed is simply not a signature. */
    public boolean verifies(byte[] publicKey, byte[] content, byte[] value) {
        PublicKey key = key(publicKey);
        if (key == null) {
            return false;
        }
        try {
            Signature signature = signature();
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(value);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether these bytes are a public key on this algorithm's curve. */
    public boolean accepts(byte[] publicKey) {
        return key(publicKey) != null;
    }

    /** The key, decoded once for the many signatures that it makes: decoding takes a square root, and a table comes with it. */
    private @Nullable PublicKey key(byte[] publicKey) {
        ByteBuffer bytes = ByteBuffer.wrap(publicKey.clone());
        PublicKey known = decoded.get(bytes);
        if (known != null) {
            return known;
        }
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey);
            if (!curveId.equals(info.getAlgorithm().getParameters())) {
                return null;
            }
            PublicKey key = KeyFactory.getInstance("EC", PROVIDER).generatePublic(new X509EncodedKeySpec(publicKey));
            decoded.put(bytes, key);
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            return null;
        }
    }

    private Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(scheme, PROVIDER);
        AlgorithmParameterSpec parameters = parameters();
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }

    private @Nullable AlgorithmParameterSpec parameters() {
        return this == SM2_SM3 ? new SM2ParameterSpec(Strings.toByteArray(SM2_IDENTITY)) : null;
    }
}
