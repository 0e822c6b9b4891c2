package org.yiqi.oversight;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.NetworkBundle;

/** A bundle and how to check it, to be taken away. */
final class ProofArchive {

    private ProofArchive() {}

    static byte[] of(Bundle bundle, List<EvidenceProof> documents, Map<String, byte[]> papers) {
        return zip(documents, papers, bundle.json(), """
                Proof from a Yiqi ledger / 医器账本证明

                %s
                本地账本：可发现篡改，单一运营方，无共识。

                It shows what the operator's ledger holds about the subject, with every signature and the rules applied again.
                Check it without the platform, on any machine with Java 17:

                    java -jar yiqi-tools.jar verify --trust DIR bundle.zip

                DIR holds what you trust, obtained out of band, never from this file:
                  founding.txt   the founding's digest. This bundle claims %s
                  heads.jsonl    signed heads that you downloaded earlier (optional; without them another history of the
                                 same operator cannot be told apart)

                evidence/ holds the unit's documents: each piece leads from its digest to a root that the platform signed.
                What was erased can only be shown to have been there.

                opening/ and evaluation/ hold what a tender was opened and judged from: the openers' shares, the price
                envelopes, every score with its salt. The verifier opens and judges it again and names the winner.

                An act under a managed key is as good as the platform's key custody; one under a held key can only come
                from the organisation. The bundle says which.
                """.formatted(
                        Bundle.NOTICE, bundle.founding().digest()));
    }

    static byte[] of(NetworkBundle bundle, List<EvidenceProof> documents, Map<String, byte[]> papers) {
        return zip(documents, papers, bundle.json(), """
                Proof from a Yiqi ledger / 医器账本证明

                %s
                Fabric 通道：记录由多个机构的节点认可，独立节点签署回执。

                It shows what the channel %s holds about the subject, with every signature, the rules applied again, and
                answers that peers of several organisations signed. Check it without the platform, on any machine with
                Java 17:

                    java -jar yiqi-tools.jar verify --trust DIR bundle.zip

                DIR holds what you trust, obtained out of band, never from this file:
                  founding.txt   the founding's digest. This bundle claims %s
                  channel.json   the channel, the contract, its versions, and who runs which member service
                  <MSP>/*.pem    each member service's root certificates and lists of revoked ones

                evidence/ holds the unit's documents: each piece leads from its digest to a root that the platform signed.
                What was erased can only be shown to have been there.

                opening/ and evaluation/ hold what a tender was opened and judged from: the openers' shares, the price
                envelopes, every score with its salt. The verifier opens and judges it again and names the winner.

                An act under a managed key is as good as the platform's key custody; one under a held key can only come
                from the organisation. The bundle says which.
                """.formatted(
                NetworkBundle.NOTICE, bundle.channel(), bundle.founding().digest()));
    }

    private static byte[] zip(List<EvidenceProof> documents, Map<String, byte[]> papers, String bundle, String readme) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            put(zip, "bundle.json", bundle);
            put(zip, "README.txt", readme);
            for (EvidenceProof proof : documents) {
                put(zip, "evidence/" + proof.leaf() + ".json", proof.json());
            }
            for (Map.Entry<String, byte[]> paper : papers.entrySet()) {
                put(zip, paper.getKey(), paper.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        put(zip, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
