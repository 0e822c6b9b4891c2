package org.yiqi.contract.receipt;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;

/** An organisation's peer that signs whatever it is told to: what a verifier must not be taken in by. */
final class ForgedPeers {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final String msp;
    private final KeyPair authorityKey = pair();
    private final KeyPair peerKey = pair();
    final X509Certificate authority;
    final X509Certificate peer;
    private final List<X509CRL> revoked = new ArrayList<>();

    ForgedPeers(String msp) {
        this(msp, "peer");
    }

    ForgedPeers(String msp, String unit) {
        this.msp = msp;
        X500Name root = new X500Name("CN=ca." + msp);
        authority = certificate(root, root, authorityKey, authorityKey, true, 1);
        peer = certificate(new X500Name("OU=" + unit + ",CN=peer0"), root, peerKey, authorityKey, false, 2);
    }

    TrustedChannel.Organisation trusted(boolean platform) {
        return new TrustedChannel.Organisation(msp, msp, platform, List.of(authority), revoked);
    }

    String msp() {
        return msp;
    }

    void revoke() {
        try {
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(authority.getSubjectX500Principal(), Date.from(NOON));
            builder.addCRLEntry(peer.getSerialNumber(), Date.from(NOON), 0);
            revoked.add(new JcaX509CRLConverter().getCRL(builder.build(signer(authorityKey))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is said, part by part; a test changes one of them. */
    static final class Saying {
        String channel = "yiqi";
        String contract = "yiqi";
        String version = "1";
        int status = 200;
        List<String> arguments = List.of();
        String readKey = "";
        long block = 7;
        long index = 3;
        boolean present = true;
        String answer = "";
        boolean writes;
        Map<String, String> written = Map.of();
        byte[] anotherQuestion = new byte[0];
    }

    Receipt say(Saying saying) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(3)
                .setChannelId(saying.channel)
                .setTimestamp(Timestamp.newBuilder().setSeconds(NOON.getEpochSecond()))
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder().setName(saying.contract))
                        .build()
                        .toByteString())
                .build();
        ChaincodeInput.Builder input = ChaincodeInput.newBuilder();
        saying.arguments.forEach(argument -> input.addArgs(ByteString.copyFromUtf8(argument)));
        ChaincodeProposalPayload proposal = ChaincodeProposalPayload.newBuilder()
                .setInput(ChaincodeInvocationSpec.newBuilder()
                        .setChaincodeSpec(ChaincodeSpec.newBuilder()
                                .setChaincodeId(ChaincodeID.newBuilder().setName(saying.contract))
                                .setInput(input))
                        .build()
                        .toByteString())
                .build();
        byte[] who = "who asked".getBytes(StandardCharsets.UTF_8);
        KVRead.Builder read = KVRead.newBuilder().setKey(saying.readKey);
        if (saying.present) {
            read.setVersion(Version.newBuilder().setBlockNum(saying.block).setTxNum(saying.index));
        }
        KVRWSet.Builder set = KVRWSet.newBuilder().addReads(read);
        if (saying.writes) {
            set.addWrites(KVWrite.newBuilder().setKey("x"));
        }
        saying.written.forEach((key, value) ->
                set.addWrites(KVWrite.newBuilder().setKey(key).setValue(ByteString.copyFromUtf8(value))));
        ChaincodeAction action = ChaincodeAction.newBuilder()
                .setChaincodeId(
                        ChaincodeID.newBuilder().setName(saying.contract).setVersion(saying.version))
                .setResponse(Response.newBuilder()
                        .setStatus(saying.status)
                        .setPayload(ByteString.copyFromUtf8(saying.answer)))
                .setResults(TxReadWriteSet.newBuilder()
                        .addNsRwset(NsReadWriteSet.newBuilder()
                                .setNamespace(saying.contract)
                                .setRwset(set.build().toByteString()))
                        .build()
                        .toByteString())
                .build();
        byte[] response = ProposalResponsePayload.newBuilder()
                .setProposalHash(ByteString.copyFrom(
                        sha256(header.toByteArray(), who, proposal.toByteArray(), saying.anotherQuestion)))
                .setExtension(action.toByteString())
                .build()
                .toByteArray();
        byte[] endorser = identity();
        return new Receipt(
                text(header.toByteArray()),
                text(who),
                text(proposal.toByteArray()),
                text(response),
                text(endorser),
                text(sign(response, endorser)));
    }

    /** What it shows of itself. */
    byte[] identity() {
        return SerializedIdentity.newBuilder()
                .setMspid(msp)
                .setIdBytes(ByteString.copyFromUtf8(pem(peer)))
                .build()
                .toByteArray();
    }

    byte[] sign(byte[]... parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(peerKey.getPrivate());
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ContentSigner signer(KeyPair key) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(
            X500Name subject, X500Name issuer, KeyPair key, KeyPair issuerKey, boolean authority, int serial) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(serial),
                    Date.from(NOON.minusSeconds(1000)),
                    Date.from(NOON.plusSeconds(1000)),
                    subject,
                    key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(issuerKey)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
