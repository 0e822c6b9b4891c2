package org.yiqi.tools.sign;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.SignatureAlgorithm;

/**
 * A key that never leaves its token, an HSM or a smart card: by PKCS#11 through the Java runtime's own provider (ECDSA on
 * P-256), or through the Java provider of the token's maker (either algorithm), since PKCS#11 has no SM2 that two makers would
 * agree on.
 */
final class HsmKey implements SigningKey {

    private final Provider provider;
    private final PrivateKey privateKey;
    private final byte[] publicKey;
    private final SignatureAlgorithm alg;

    private HsmKey(Provider provider, PrivateKey privateKey, byte[] publicKey, SignatureAlgorithm alg) {
        this.provider = provider;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.alg = alg;
    }

    /**
     * By PKCS#11.
     *
     * @param configuration of SunPKCS11: {@code name}, {@code library} and {@code slot} or {@code slotListIndex}
     * @param alias which key, or null when the token has one only
     */
    static HsmKey byPkcs11(Path configuration, @Nullable String alias, char[] pin)
            throws IOException, GeneralSecurityException {
        Provider base = Security.getProvider("SunPKCS11");
        if (base == null) {
            throw new IOException("this Java runtime has no PKCS#11 (module jdk.crypto.cryptoki)");
        }
        requireReadable(configuration);
        try {
            Provider provider = base.configure(configuration.toString());
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin);
            return of(provider, store, alias, null);
        } catch (InvalidParameterException e) {
            throw new IOException("the PKCS#11 configuration cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Through the maker's own Java provider.
     *
     * @param configuration properties: {@code provider}, the class of a {@link Provider} on the class path; {@code keystore}, the
     *     type of key store by which it shows its keys; {@code file}, where that type needs one
     * @param alias which key, or null when the token has one only
     */
    static HsmKey byProvider(Path configuration, @Nullable String alias, char[] pin)
            throws IOException, GeneralSecurityException {
        requireReadable(configuration);
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(configuration, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IllegalArgumentException e) {
            throw new IOException("the provider's configuration cannot be read: " + e.getMessage(), e);
        }
        Provider provider = provider(required(properties, "provider"));
        KeyStore store = KeyStore.getInstance(required(properties, "keystore"), provider);
        String file = properties.getProperty("file");
        if (file == null) {
            store.load(null, pin);
        } else {
            try (InputStream in = Files.newInputStream(configuration.resolveSibling(file))) {
                store.load(in, pin);
            }
        }
        return of(provider, store, alias, pin);
    }

    private static void requireReadable(Path configuration) throws IOException {
        if (!Files.isReadable(configuration)) {
            throw new IOException("there is no configuration " + configuration);
        }
    }

    private static String required(Properties properties, String name) throws IOException {
        String value = properties.getProperty(name, "").strip();
        if (value.isEmpty()) {
            throw new IOException("the provider's configuration does not say " + name);
        }
        return value;
    }

    private static Provider provider(String name) throws IOException {
        try {
            return Class.forName(name)
                    .asSubclass(Provider.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new IOException(
                    name + " is no security provider on the class path: java -cp yiqi-tools.jar:MAKERS.jar"
                            + " org.yiqi.tools.Tools sign …",
                    e);
        }
    }

    private static HsmKey of(Provider provider, KeyStore store, @Nullable String alias, char @Nullable [] pin)
            throws IOException, GeneralSecurityException {
        String name = alias == null ? only(store) : alias;
        if (!(store.getKey(name, pin) instanceof PrivateKey key) || store.getCertificate(name) == null) {
            throw new IOException("the token has no key with a certificate by the name " + name);
        }
        byte[] publicKey = store.getCertificate(name).getPublicKey().getEncoded();
        SignatureAlgorithm alg = Arrays.stream(SignatureAlgorithm.values())
                .filter(each -> each.accepts(publicKey))
                .findFirst()
                .orElseThrow(() -> new IOException("the key " + name + " is neither SM2 nor on P-256"));
        return new HsmKey(provider, key, publicKey, alg);
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
        return alg;
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(alg.scheme(), provider);
        signature.initSign(privateKey);
        signature.update(content);
        return signature.sign();
    }
}
