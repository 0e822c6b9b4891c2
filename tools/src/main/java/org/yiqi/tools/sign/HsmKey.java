package org.yiqi.tools.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.SignatureAlgorithm;

/**
 * A key that never leaves its token: an HSM or a smart card by PKCS#11, through the Java runtime's own provider. ECDSA on P-256
 * only, because PKCS#11 has no SM2 that two makers would agree on.
 */
final class HsmKey implements SigningKey {

    private final Provider provider;
    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private HsmKey(Provider provider, PrivateKey privateKey, byte[] publicKey) {
        this.provider = provider;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * @param configuration of SunPKCS11: {@code name}, {@code library} and {@code slot} or {@code slotListIndex}
     * @param alias which key, or null when the token has one only
     */
    static HsmKey open(Path configuration, @Nullable String alias, char[] pin)
            throws IOException, GeneralSecurityException {
        Provider base = Security.getProvider("SunPKCS11");
        if (base == null) {
            throw new IOException("this Java runtime has no PKCS#11 (module jdk.crypto.cryptoki)");
        }
        if (!Files.isReadable(configuration)) {
            throw new IOException("there is no PKCS#11 configuration " + configuration);
        }
        try {
            Provider provider = base.configure(configuration.toString());
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin);
            String name = alias == null ? only(store) : alias;
            if (!(store.getKey(name, null) instanceof PrivateKey key) || store.getCertificate(name) == null) {
                throw new IOException("the token has no key with a certificate by the name " + name);
            }
            byte[] publicKey = store.getCertificate(name).getPublicKey().getEncoded();
            if (!SignatureAlgorithm.ECDSA_P256_SHA256.accepts(publicKey)) {
                throw new IOException("the key " + name + " is not on P-256");
            }
            return new HsmKey(provider, key, publicKey);
        } catch (InvalidParameterException e) {
            throw new IOException("the PKCS#11 configuration cannot be used: " + e.getMessage(), e);
        }
    }

    private static String only(KeyStore store) throws GeneralSecurityException, IOException {
        List<String> names = new ArrayList<>();
        for (String name : Collections.list(store.aliases())) {
            if (store.isKeyEntry(name)) {
                names.add(name);
            }
        }
        if (names.size() != 1) {
            throw new IOException("say which key with --alias: the token has " + names);
        }
        return names.get(0);
    }

    @Override
    public SignatureAlgorithm alg() {
        return SignatureAlgorithm.ECDSA_P256_SHA256;
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        signature.initSign(privateKey);
        signature.update(content);
        return signature.sign();
    }
}
