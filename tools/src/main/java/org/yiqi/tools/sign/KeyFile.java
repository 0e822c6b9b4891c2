package org.yiqi.tools.sign;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.yiqi.contract.SignatureAlgorithm;

/**
 * A private key in a file, encrypted with a passphrase: PKCS#8 with PBES2 (PBKDF2 with HMAC-SHA-256, AES-256-CBC) as PEM, which
 * {@code openssl pkey} reads and writes too.
 */
public final class KeyFile implements SigningKey {

    static final int SHORTEST_PASSPHRASE = 12;

    private static final int ITERATIONS = 600_000;
    // Whoever plants a key file must not be able to keep the machine busy for a day.
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int KEY_BITS = 256;
    private static final int BLOCK = 16;
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN " + ENCRYPTED + "-----([A-Za-z0-9+/=\\s]+)-----END " + ENCRYPTED + "-----");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SignatureAlgorithm alg;
    private final byte[] publicKey;
    private final byte[] privateKey;

    private KeyFile(SignatureAlgorithm alg, byte[] publicKey, byte[] privateKey) {
        this.alg = alg;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /** Makes a key and writes it to a file that is not there yet and that only its owner may read. */
    public static KeyFile create(Path file, SignatureAlgorithm alg, char[] passphrase)
            throws IOException, GeneralSecurityException {
        if (passphrase.length < SHORTEST_PASSPHRASE) {
            throw new IOException("a passphrase has at least " + SHORTEST_PASSPHRASE + " characters");
        }
        byte[] privateKey = alg.newKeyPair(RANDOM).getPrivate().getEncoded();
        String pem = "-----BEGIN " + ENCRYPTED + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(seal(privateKey, passphrase))
                + "\n-----END " + ENCRYPTED + "-----\n";
        write(file, pem);
        return of(privateKey);
    }

    /** Opens a key file. */
    public static KeyFile open(Path file, char[] passphrase) throws IOException, GeneralSecurityException {
        Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException(file + " holds no encrypted private key (PEM)");
        }
        try {
            return of(unseal(Base64.getMimeDecoder().decode(pem.group(1)), passphrase));
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new IOException(file + " does not open: another passphrase, or not a key of this kind", e);
        }
    }

    private static KeyFile of(byte[] privateKey) throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(privateKey);
        ASN1ObjectIdentifier curve =
                ASN1ObjectIdentifier.getInstance(info.getPrivateKeyAlgorithm().getParameters());
        SignatureAlgorithm alg;
        if (GMObjectIdentifiers.sm2p256v1.equals(curve)) {
            alg = SignatureAlgorithm.SM2_SM3;
        } else if (SECObjectIdentifiers.secp256r1.equals(curve)) {
            alg = SignatureAlgorithm.ECDSA_P256_SHA256;
        } else {
            throw new IOException("the ledger takes keys on the curves of SM2 and P-256 only");
        }
        X9ECParameters parameters = ECNamedCurveTable.getByOID(curve);
        byte[] point = new FixedPointCombMultiplier()
                .multiply(
                        parameters.getG(),
                        ECPrivateKey.getInstance(info.parsePrivateKey()).getKey())
                .normalize()
                .getEncoded(false);
        AlgorithmIdentifier kind = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
        return new KeyFile(alg, new SubjectPublicKeyInfo(kind, point).getEncoded(), privateKey);
    }

    private static byte[] seal(byte[] privateKey, char[] passphrase) throws GeneralSecurityException, IOException {
        byte[] salt = random();
        byte[] iv = random();
        AlgorithmIdentifier hmac = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        PBES2Parameters how = new PBES2Parameters(
                new KeyDerivationFunc(
                        PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, ITERATIONS, KEY_BITS / 8, hmac)),
                new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, passphrase, salt, ITERATIONS, iv, privateKey);
        return new EncryptedPrivateKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, how), sealed)
                .getEncoded();
    }

    private static byte[] unseal(byte[] der, char[] passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(der);
        if (!PKCSObjectIdentifiers.id_PBES2.equals(info.getEncryptionAlgorithm().getAlgorithm())) {
            throw new IOException(
                    "the key file is encrypted in an old way: write it anew with openssl pkcs8 -topk8 -v2");
        }
        PBES2Parameters how =
                PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
        PBKDF2Params derivation =
                PBKDF2Params.getInstance(how.getKeyDerivationFunc().getParameters());
        if (!PKCSObjectIdentifiers.id_hmacWithSHA256.equals(derivation.getPrf().getAlgorithm())
                || !NISTObjectIdentifiers.id_aes256_CBC.equals(
                        how.getEncryptionScheme().getAlgorithm())) {
            throw new IOException("the key file is not encrypted with PBKDF2, HMAC-SHA-256 and AES-256-CBC");
        }
        int iterations = derivation.getIterationCount().intValueExact();
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new IOException("the key file asks for " + iterations + " iterations");
        }
        byte[] iv = ASN1OctetString.getInstance(how.getEncryptionScheme().getParameters())
                .getOctets();
        try {
            return crypt(
                    Cipher.DECRYPT_MODE, passphrase, derivation.getSalt(), iterations, iv, info.getEncryptedData());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the passphrase does not open it", e);
        }
    }

    private static byte[] crypt(int mode, char[] passphrase, byte[] salt, int iterations, byte[] iv, byte[] content)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, KEY_BITS);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        spec.clearPassword();
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(content);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The number that is the private key: an opener's share is made with it. */
    public BigInteger number() throws IOException {
        return ECPrivateKey.getInstance(PrivateKeyInfo.getInstance(privateKey).parsePrivateKey())
                .getKey();
    }

    private static byte[] random() {
        byte[] bytes = new byte[BLOCK];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static void write(Path file, String pem) throws IOException {
        boolean posix = Files.getFileStore(folderOf(file)).supportsFileAttributeView("posix");
        FileAttribute<?>[] own = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), own)) {
            channel.write(StandardCharsets.US_ASCII.encode(pem));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already; a key is never overwritten", e);
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
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
    public byte[] sign(byte[] content) {
        return alg.sign(privateKey, content);
    }
}
