package org.yiqi.contract.fabric;

import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** Says to the validators whose peers must have endorsed a change of a key. */
final class KeyPolicy {

    private KeyPolicy() {}

    /** A peer of each of {@code all}, and peers of {@code most} of {@code some}. */
    static byte[] of(List<String> all, int most, List<String> some) {
        SignaturePolicyEnvelope.Builder envelope = SignaturePolicyEnvelope.newBuilder();
        List<SignaturePolicy> rules = new ArrayList<>();
        all.forEach(msp -> rules.add(signedBy(msp, envelope)));
        if (!some.isEmpty()) {
            List<SignaturePolicy> choice =
                    some.stream().map(msp -> signedBy(msp, envelope)).toList();
            rules.add(outOf(Math.min(most, some.size()), choice));
        }
        return envelope.setRule(outOf(rules.size(), rules)).build().toByteArray();
    }

    private static SignaturePolicy signedBy(String msp, SignaturePolicyEnvelope.Builder envelope) {
        envelope.addIdentities(MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(MSPRole.newBuilder()
                        .setMspIdentifier(msp)
                        .setRole(MSPRole.MSPRoleType.PEER)
                        .build()
                        .toByteString()));
        return SignaturePolicy.newBuilder()
                .setSignedBy(envelope.getIdentitiesCount() - 1)
                .build();
    }

    private static SignaturePolicy outOf(int n, List<SignaturePolicy> rules) {
        return SignaturePolicy.newBuilder()
                .setNOutOf(SignaturePolicy.NOutOf.newBuilder().setN(n).addAllRules(rules))
                .build();
    }
}
