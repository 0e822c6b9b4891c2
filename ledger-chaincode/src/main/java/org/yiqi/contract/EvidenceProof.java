package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That something was in an evidence log when a root was anchored, to be checked without the platform: content and salt
 * make the leaf, the path leads from the leaf to the root, and the platform's signed act carries the root.
 *
 * @param of such as {@code document:0197…}
 * @param hash of the leaf, in hexadecimal
 * @param salt in Base64; null when it was erased, as the content then is
 * @param path in Base64, nearest first
 * @param anchor the signed act {@code evidence.anchored}
 */
public record EvidenceProof(
        String of,
        long leaf,
        String hash,
        @Nullable String salt,
        @Nullable String content,
        long size,
        List<String> path,
        SignedAct anchor) {

    private static final Set<String> NAMES = Set.of("anchor", "content", "hash", "leaf", "of", "path", "salt", "size");
    private static final int LONGEST_PATH = 64;

    public EvidenceProof {
        path = List.copyOf(path);
    }

    /** Canonical JSON. */
    public String json() {
        Map<String, Object> tree = new HashMap<>();
        tree.put("anchor", anchor.json());
        tree.put("content", content);
        tree.put("hash", hash);
        tree.put("leaf", Long.toString(leaf));
        tree.put("of", of);
        tree.put("path", path);
        tree.put("salt", salt);
        tree.put("size", Long.toString(size));
        return CanonicalJson.write(tree);
    }

    /** Reads what {@link #json} wrote. */
    public static EvidenceProof parse(String json) {
        Map<String, Object> tree = CanonicalJson.read(json);
        Fields fields = Fields.of(tree, NAMES);
        if (!(tree.get("path") instanceof List<?> path)
                || path.size() > LONGEST_PATH
                || !path.stream().allMatch(String.class::isInstance)) {
            throw new MalformedAct("path is not a list of hashes");
        }
        return new EvidenceProof(
                fields.text("of"),
                fields.number("leaf"),
                fields.text("hash"),
                fields.textOrNull("salt"),
                fields.textOrNull("content"),
                fields.number("size"),
                path.stream().map(String.class::cast).toList(),
                SignedAct.parse(fields.text("anchor")));
    }

    /** Whether salt and content were destroyed: the leaf is proved, what it was can no longer be. */
    public boolean erased() {
        return salt == null && content == null;
    }

    /**
     * The first thing that does not hold, or nothing.
     *
     * @param platform the platform's keys, from what the verifier trusts
     */
    public String broken(List<OrganisationKey> platform) {
        try {
            return firstBroken(platform);
        } catch (IllegalArgumentException | MalformedAct e) {
            return of + " cannot be read: " + e.getMessage();
        }
    }

    private String firstBroken(List<OrganisationKey> platform) {
        byte[] leafHash = HexFormat.of().parseHex(hash);
        if (!HexFormat.of().formatHex(leafHash).equals(hash)) {
            return of + " spells its hash in another way";
        }
        if (!erased()) {
            if (salt == null || content == null) {
                return of + " lacks its salt or its content";
            }
            byte[] again = MerkleTree.leaf(Base64Text.decode(salt), content.getBytes(StandardCharsets.UTF_8));
            if (!Arrays.equals(again, leafHash)) {
                return of + " is not what leaf " + leaf + " was made of";
            }
            if (!of.equals(CanonicalJson.read(content).get("of")) && !of.startsWith("audit:")) {
                return of + " is shown by the content of something else";
            }
        }
        Act act = anchor.act();
        List<byte[]> hashes = path.stream().map(Base64Text::decode).toList();
        String root = HexFormat.of().formatHex(MerkleTree.follow(leafHash, leaf, size, hashes));
        if (!act.type().equals("evidence.anchored")
                || !root.equals(act.body().get("root"))
                || !Long.toString(size).equals(act.body().get("size"))) {
            return "the path of leaf " + leaf + " does not lead to the anchored root";
        }
        boolean signed = anchor.signatures().stream()
                .anyMatch(signature -> platform.stream().anyMatch(key -> signature.verifies(key, act.bytes())));
        return signed ? "" : "the root of " + size + " leaves is not signed by the platform";
    }
}
