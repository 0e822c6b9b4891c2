package org.yiqi.web.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.MerkleTree;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.EvidenceLog;
import org.yiqi.ledger.InclusionView;
import org.yiqi.ledger.LeafView;
import org.yiqi.ledger.RootView;
import org.yiqi.shared.Roles;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** One thing in the evidence log: its leaf, what was recomputed about it, its proof to take away, and its end. */
@Named
@RequestScoped
public class LeafPage {

    @Inject
    EvidenceLog log;

    @Inject
    Caller caller;

    private @Nullable String of;
    private @Nullable String reason;
    private @Nullable List<LeafView> leaves;

    /** One comparison: {@code holds} is null where there is nothing to compare yet, or no longer. */
    public record Step(String name, @Nullable Boolean holds) {}

    public void open() throws IOException {
        EvidenceOf thing = thing();
        if ("json".equals(Faces.getRequestParameter("proof"))) {
            List<EvidenceProof> proofs = log.proofs(List.of(thing));
            if (proofs.isEmpty()) {
                throw new NotFound("ledger.no-evidence", "Not anchored yet");
            }
            EvidenceProof newest = proofs.get(proofs.size() - 1);
            Faces.sendFile(newest.json().getBytes(StandardCharsets.UTF_8), "evidence-" + newest.leaf() + ".json", true);
        } else {
            getLeaves();
        }
    }

    private EvidenceOf thing() {
        return EvidenceOf.parse(of == null ? "" : of);
    }

    /** All leaves about the thing, the oldest first. */
    public List<LeafView> getLeaves() {
        List<LeafView> found = leaves;
        if (found == null) {
            found = log.of(thing());
            leaves = found;
        }
        return found;
    }

    /** The newest of them, which the page is about. */
    public LeafView getLeaf() {
        List<LeafView> all = getLeaves();
        return all.get(all.size() - 1);
    }

    /** What was recomputed just now, in the order in which a reader follows it. */
    public List<Step> getSteps() {
        LeafView leaf = getLeaf();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("content", content(leaf)));
        Long number = leaf.leaf();
        if (number == null) {
            return steps;
        }
        InclusionView inclusion = log.inclusion(number, null);
        List<byte[]> path =
                inclusion.path().stream().map(Base64.getDecoder()::decode).toList();
        String root = HexFormat.of()
                .formatHex(MerkleTree.follow(HexFormat.of().parseHex(leaf.hash()), number, inclusion.size(), path));
        RootView anchor = inclusion.anchor();
        steps.add(new Step("path", anchor == null ? null : root.equals(anchor.root())));
        boolean recorded = anchor != null && anchor.state() == ActState.RECORDED;
        steps.add(new Step("act", recorded ? actAgrees(root) : null));
        return steps;
    }

    private Boolean actAgrees(String root) {
        return log.proofs(List.of(thing())).stream()
                .anyMatch(proof -> root.equals(proof.anchor().act().body().get("root")));
    }

    private static @Nullable Boolean content(LeafView leaf) {
        if (leaf.salt() == null || leaf.content() == null) {
            return null;
        }
        byte[] again = MerkleTree.leaf(
                Base64.getDecoder().decode(leaf.salt()), leaf.content().getBytes(StandardCharsets.UTF_8));
        return Arrays.equals(again, HexFormat.of().parseHex(leaf.hash()));
    }

    public boolean isHolds() {
        return getSteps().stream().noneMatch(step -> Boolean.FALSE.equals(step.holds()));
    }

    /** Whether the viewer may have it erased. */
    public boolean isMine() {
        LeafView leaf = getLeaf();
        return leaf.leaf() != null
                && leaf.erasable()
                && leaf.erased() == null
                && caller.has(Roles.ORG_ADMIN)
                && caller.orgId().equals(leaf.controller());
    }

    public String erase() {
        Long number = getLeaf().leaf();
        log.erase(number == null ? -1 : number, reason == null ? "" : reason);
        return "/ledger/leaf?faces-redirect=true&of=" + thing();
    }

    public @Nullable String getOf() {
        return of;
    }

    public void setOf(@Nullable String of) {
        this.of = of;
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }
}
