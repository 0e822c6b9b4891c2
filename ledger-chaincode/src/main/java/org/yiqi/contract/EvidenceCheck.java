package org.yiqi.contract;

import java.util.List;

/** Checks the evidence that comes with a bundle, by the keys of the founding that the verifier trusts. */
public final class EvidenceCheck {

    private EvidenceCheck() {}

    /**
     * What was found.
     *
     * @param compared how many pieces of evidence were looked at
     * @param erased how many of them can only be shown to have been there
     * @param broken the first one that does not hold, or empty
     */
    public record Result(int compared, int erased, String broken) {

        /** Whether everything held. */
        public boolean holds() {
            return broken.isEmpty();
        }
    }

    /** Looks at every piece, up to the first that does not hold. */
    public static Result run(List<EvidenceProof> evidence, Founding founding) {
        List<OrganisationKey> platform = founding.founders().stream()
                .filter(founder -> founder.kind() == OrganisationKind.PLATFORM)
                .flatMap(founder -> founder.keys().stream())
                .toList();
        int compared = 0;
        int erased = 0;
        for (EvidenceProof proof : evidence) {
            compared++;
            erased += proof.erased() ? 1 : 0;
            String broken = proof.broken(platform);
            if (!broken.isEmpty()) {
                return new Result(compared, erased, broken);
            }
        }
        return new Result(compared, erased, "");
    }
}
