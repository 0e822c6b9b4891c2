package org.yiqi.system.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.tools.Tools;
import picocli.CommandLine;

/**
 * What a regulator does with a bundle on a machine of its own: {@code yiqi-tools.jar verify}, with what it trusts and
 * with blocks that it fetched from its own peer. Then what somebody would try who wants another history believed.
 */
public final class OfflineProof {

    private final Path network;
    private final Path work;
    private final String bundle;

    /**
     * @param network folder of the network that the bundle is about
     * @param zip the bundle as the platform gave it out
     */
    public OfflineProof(Path network, Path zip) throws IOException {
        this.network = network;
        this.work = Files.createTempDirectory("proof");
        try (ZipFile file = new ZipFile(zip.toFile())) {
            bundle = new String(
                    file.getInputStream(file.getEntry("bundle.json")).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The bundle holds, and so do the blocks in which it ends; every change to either is named. */
    public void holdsAndNothingElseDoes(int flips) throws IOException, GeneralSecurityException {
        Path json = Files.writeString(work.resolve("bundle.json"), bundle);
        List<Block> blocks = blocks();
        expect(0, "Everything holds.", json, write("true", blocks));
        everyBitCounts(flips);
        blocksThatAreNot(json, blocks);
        anotherAuthority(json);
    }

    private List<Block> blocks() throws IOException, GeneralSecurityException {
        Set<Long> numbers = new TreeSet<>();
        NetworkBundle.parse(bundle).questions().stream()
                .map(NetworkBundle.Question::block)
                .filter(block -> block != null)
                .forEach(numbers::add);
        List<Block> blocks = new ArrayList<>();
        try (DirectClient regulator = DirectClient.of(network, "regulator")) {
            for (long number : numbers) {
                blocks.add(Block.parseFrom(regulator.block(number)));
            }
        }
        return blocks;
    }

    private Path write(String name, List<Block> blocks) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        for (Block block : blocks) {
            Files.write(folder.resolve(block.getHeader().getNumber() + ".block"), block.toByteArray());
        }
        return folder;
    }

    private void everyBitCounts(int flips) throws IOException {
        byte[] bytes = bundle.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(20261126);
        Path changed = work.resolve("changed.json");
        for (int i = 0; i < flips; i++) {
            byte[] copy = bytes.clone();
            int at = random.nextInt(bytes.length);
            copy[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(changed, copy);
            int place = at;
            assertNotEquals(0, verify(network.resolve("trust"), changed, null).exit(), () -> "a bit of byte " + place);
        }
    }

    private void blocksThatAreNot(Path json, List<Block> blocks) throws IOException {
        int last = blocks.size() - 1;
        Block block = blocks.get(last);
        expect(1, "is not among those that you gave", json, write("missing", blocks.subList(0, last)));

        Block.Builder swapped = block.toBuilder();
        swapped.getHeaderBuilder().setDataHash(blocks.get(0).getHeader().getDataHash());
        swapped.setData(blocks.get(0).getData());
        expect(1, "signed by 0", json, write("swapped", with(blocks, swapped.build())));

        byte[] transaction = block.getData().getData(0).toByteArray();
        transaction[transaction.length / 2] ^= 1;
        Block.Builder altered = block.toBuilder();
        altered.getDataBuilder().setData(0, ByteString.copyFrom(transaction));
        expect(1, "is not what its header is over", json, write("altered", with(blocks, altered.build())));

        BlockMetadata.Builder unsigned =
                block.getMetadata().toBuilder().setMetadata(BlockMetadataIndex.SIGNATURES_VALUE, ByteString.EMPTY);
        expect(
                1,
                "signed by 0",
                json,
                write(
                        "unsigned",
                        with(blocks, block.toBuilder().setMetadata(unsigned).build())));
    }

    private static List<Block> with(List<Block> blocks, Block last) {
        List<Block> other = new ArrayList<>(blocks.subList(0, blocks.size() - 1));
        other.add(last);
        return other;
    }

    /** A root certificate that is not the hospital's host's: its receipts do not lead to it. */
    private void anotherAuthority(Path json) throws IOException {
        Path trust = network.resolve("trust");
        Path other = Files.createDirectories(work.resolve("trust"));
        try (var files = Files.walk(trust)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = other.resolve(trust.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.copy(
                trust.resolve("PlatformMSP/ca.pem"),
                other.resolve("HospitalMSP/ca.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        Said said = verify(other, json, work.resolve("true"));
        assertEquals(1, said.exit(), said.text());
        assertTrue(said.text().contains("does not lead to a root that you trust"), said.text());
    }

    private void expect(int exit, String words, Path json, Path blocks) {
        Said said = verify(network.resolve("trust"), json, blocks);
        assertEquals(exit, said.exit(), said.text());
        assertTrue(said.text().contains(words), said.text());
    }

    private record Said(int exit, String text) {}

    private static Said verify(Path trust, Path json, @Nullable Path blocks) {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("verify", "--lang", "en", "--trust", trust.toString()));
        if (blocks != null) {
            arguments.addAll(List.of("--blocks", blocks.toString()));
        }
        arguments.add(json.toString());
        int exit = new CommandLine(new Tools())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        return new Said(exit, out.toString());
    }
}
