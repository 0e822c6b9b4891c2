package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static final int ALL_SIZES = 260;
    private static final byte[] NO_SALT = new byte[0];

    /** The leaves that Certificate Transparency's own tests use, and their roots by size. */
    private static final List<String> INPUTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theVectorsOfCertificateTransparencyComeOutTheSame() {
        List<byte[]> leaves = INPUTS.stream()
                .map(hex -> MerkleTree.leaf(NO_SALT, HexFormat.of().parseHex(hex)))
                .toList();
        for (int size = 0; size <= leaves.size(); size++) {
            assertEquals(ROOTS.get(size), hex(MerkleTree.root(leaves.subList(0, size))), "size " + size);
        }
        MerkleTree.Nodes nodes = MerkleTree.complete(leaves);
        assertEquals(
                List.of(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
                hex(MerkleTree.inclusion(0, 8, nodes)));
        assertEquals(
                List.of(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
                hex(MerkleTree.inclusion(5, 8, nodes)));
        assertEquals(
                List.of(
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                hex(MerkleTree.consistency(2, 5, nodes)));
    }

    @Test
    void everySizeAgreesWithTheDefinitionWordForWord() {
        List<byte[]> leaves = leaves(ALL_SIZES);
        GrowingTree growing = new GrowingTree();
        for (int size = 1; size <= ALL_SIZES; size++) {
            List<byte[]> log = leaves.subList(0, size);
            growing.add(leaves.get(size - 1));
            byte[] root = byDefinition(log);
            assertArrayEquals(root, MerkleTree.root(log));
            assertArrayEquals(root, growing.root());
            MerkleTree.Nodes nodes = MerkleTree.complete(log);
            for (int leaf = 0; leaf < size; leaf++) {
                List<byte[]> path = MerkleTree.inclusion(leaf, size, nodes);
                assertEquals(hex(pathByDefinition(leaf, log)), hex(path));
                assertArrayEquals(root, MerkleTree.follow(leaves.get(leaf), leaf, size, path));
            }
        }
    }

    @Test
    void everyPairOfSizesIsShownToBeAnExtension() {
        int most = 130;
        List<byte[]> leaves = leaves(most);
        MerkleTree.Nodes nodes = MerkleTree.complete(leaves);
        for (int to = 1; to <= most; to++) {
            byte[] later = byDefinition(leaves.subList(0, to));
            for (int from = 1; from <= to; from++) {
                byte[] earlier = byDefinition(leaves.subList(0, from));
                List<byte[]> path = MerkleTree.consistency(from, to, nodes);
                assertEquals(hex(proofByDefinition(from, leaves.subList(0, to), true)), hex(path));
                assertTrue(MerkleTree.extended(from, earlier, to, later, path), from + " to " + to);
            }
        }
    }

    @Property(tries = 60)
    void aLargeLogWhoseSubtreesWereStoredProvesEachOfItsLeaves(
            @ForAll @IntRange(min = 1, max = 5000) int size, @ForAll @LongRange(min = 0) long chosen) {
        List<byte[]> leaves = leaves(size);
        Map<String, byte[]> stored = new HashMap<>();
        int cut = size / 3;
        GrowingTree first = new GrowingTree();
        MerkleTree.Nodes nodes =
                (level, position) -> level == 0 ? leaves.get((int) position) : stored.get(level + "/" + position);
        leaves.subList(0, cut).forEach(leaf -> first.add(leaf, (l, p, hash) -> stored.put(l + "/" + p, hash)));
        // Another process goes on where the first one stopped.
        GrowingTree second = new GrowingTree(cut, nodes);
        leaves.subList(cut, size).forEach(leaf -> second.add(leaf, (l, p, hash) -> stored.put(l + "/" + p, hash)));
        assertArrayEquals(byDefinition(leaves), second.root());
        assertArrayEquals(second.root(), MerkleTree.root(size, nodes));
        long leaf = chosen % size;
        List<byte[]> path = MerkleTree.inclusion(leaf, size, nodes);
        assertArrayEquals(second.root(), MerkleTree.follow(leaves.get((int) leaf), leaf, size, path));
        long from = leaf + 1;
        assertTrue(MerkleTree.extended(
                from, MerkleTree.root(from, nodes), size, second.root(), MerkleTree.consistency(from, size, nodes)));
    }

    @Property(tries = 200)
    void nothingElseIsProved(
            @ForAll @IntRange(min = 2, max = 300) int size,
            @ForAll @LongRange(min = 0) long chosen,
            @ForAll @IntRange(min = 0, max = 255) int bit) {
        List<byte[]> leaves = leaves(size);
        MerkleTree.Nodes nodes = MerkleTree.complete(leaves);
        byte[] root = MerkleTree.root(leaves);
        long leaf = chosen % size;
        byte[] hash = leaves.get((int) leaf);
        List<byte[]> path = MerkleTree.inclusion(leaf, size, nodes);
        assertFalse(leadsTo(root, flipped(hash, bit), leaf, size, path), "another leaf");
        assertFalse(leadsTo(root, hash, (leaf + 1) % size, size, path), "another place");
        assertFalse(leadsTo(root, hash, leaf, size, path.subList(1, path.size())), "a shorter path");
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(hash);
        assertFalse(leadsTo(root, hash, leaf, size, longer), "a longer path");
        List<byte[]> other = new ArrayList<>(path);
        other.set(bit % path.size(), flipped(path.get(bit % path.size()), bit));
        assertFalse(leadsTo(root, hash, leaf, size, other), "another hash on the way");

        long from = leaf + 1;
        byte[] earlier = MerkleTree.root(from, nodes);
        List<byte[]> extension = MerkleTree.consistency(from, size, nodes);
        assertFalse(MerkleTree.extended(from, flipped(earlier, bit), size, root, extension));
        assertFalse(MerkleTree.extended(from, earlier, size, flipped(root, bit), extension));
        assertFalse(MerkleTree.extended(size, root, from, earlier, extension) && from != size, "shortened");
        if (!extension.isEmpty()) {
            List<byte[]> bad = new ArrayList<>(extension);
            bad.set(bit % bad.size(), flipped(bad.get(bit % bad.size()), bit));
            assertFalse(MerkleTree.extended(from, earlier, size, root, bad));
        }
    }

    @Test
    void theSaltKeepsWhatIsEasyToGuessFromBeingGuessed() {
        byte[] content = {1};
        assertFalse(hex(MerkleTree.leaf(new byte[32], content)).equals(hex(MerkleTree.leaf(NO_SALT, content))));
    }

    private static boolean leadsTo(byte[] root, byte[] hash, long leaf, long size, List<byte[]> path) {
        return hex(MerkleTree.follow(hash, leaf, size, path)).equals(hex(root));
    }

    private static byte[] flipped(byte[] hash, int bit) {
        byte[] copy = hash.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }

    private static List<byte[]> leaves(int size) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(MerkleTree.leaf(NO_SALT, new byte[] {(byte) i, (byte) (i >> 8)}));
        }
        return leaves;
    }

    /** MTH of RFC 6962, 2.1. */
    private static byte[] byDefinition(List<byte[]> log) {
        if (log.size() == 1) {
            return log.get(0);
        }
        int k = split(log.size());
        return MerkleTree.node(byDefinition(log.subList(0, k)), byDefinition(log.subList(k, log.size())));
    }

    /** PATH of RFC 6962, 2.1.1. */
    private static List<byte[]> pathByDefinition(int m, List<byte[]> log) {
        if (log.size() == 1) {
            return List.of();
        }
        int k = split(log.size());
        List<byte[]> path = new ArrayList<>();
        if (m < k) {
            path.addAll(pathByDefinition(m, log.subList(0, k)));
            path.add(byDefinition(log.subList(k, log.size())));
        } else {
            path.addAll(pathByDefinition(m - k, log.subList(k, log.size())));
            path.add(byDefinition(log.subList(0, k)));
        }
        return path;
    }

    /** SUBPROOF of RFC 6962, 2.1.2. */
    private static List<byte[]> proofByDefinition(int m, List<byte[]> log, boolean whole) {
        if (m == log.size()) {
            return whole ? List.of() : List.of(byDefinition(log));
        }
        int k = split(log.size());
        List<byte[]> proof = new ArrayList<>();
        if (m <= k) {
            proof.addAll(proofByDefinition(m, log.subList(0, k), whole));
            proof.add(byDefinition(log.subList(k, log.size())));
        } else {
            proof.addAll(proofByDefinition(m - k, log.subList(k, log.size()), false));
            proof.add(byDefinition(log.subList(0, k)));
        }
        return proof;
    }

    private static int split(int size) {
        int k = 1;
        while (k * 2 < size) {
            k *= 2;
        }
        return k;
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(MerkleTreeTest::hex).toList();
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
