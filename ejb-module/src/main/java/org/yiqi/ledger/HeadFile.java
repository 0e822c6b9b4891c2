package org.yiqi.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignedHead;

/**
 * The signed heads outside the database, one JSON document a line. Who cuts or rewrites the journal inside PostgreSQL
 * contradicts this file, and every copy of it that a regulator has taken.
 */
final class HeadFile {

    private final Path path;

    HeadFile(Path dataDir) {
        this.path = dataDir.resolve("ledger").resolve("heads.jsonl");
    }

    Path path() {
        return path;
    }

    /** Adds heads and returns when they are on the disk. */
    void append(List<SignedHead> heads) {
        if (heads.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        heads.forEach(head -> lines.append(head.json()).append('\n'));
        try {
            Files.createDirectories(path.getParent());
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All heads that the file has. A line that was cut off by a crash is not one; it is written again. */
    List<SignedHead> read() {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(path, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.endsWith("}")).map(HeadFile::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Position of the last head in the file, or -1. */
    long lastPosition() {
        List<SignedHead> heads = read();
        return heads.isEmpty() ? -1 : heads.get(heads.size() - 1).position();
    }

    private static SignedHead parse(String line) {
        try {
            return SignedHead.parse(line);
        } catch (MalformedAct e) {
            throw new IllegalStateException("heads.jsonl holds a line that is not a signed head: " + line, e);
        }
    }
}
