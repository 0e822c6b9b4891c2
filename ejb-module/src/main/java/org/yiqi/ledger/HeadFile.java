package org.yiqi.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

    /** Puts down beside the heads what the regulator is asked to found the ledger with. */
    void offer(String name, String json) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path.resolveSibling(name), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /**
     * What has been read of the file.
     *
     * @param end the byte after the last whole line
     * @param lines how many lines there are before it
     * @param heads those of the last reading
     */
    record Part(long end, long lines, List<SignedHead> heads) {
        static final Part NONE = new Part(0, 0, List.of());
    }

    /** Reads on where an earlier reading ended. */
    Part readAfter(Part before) {
        if (!Files.exists(path)) {
            return Part.NONE;
        }
        try (InputStream in = Files.newInputStream(path)) {
            // A file that shrank is another file.
            Part start = Files.size(path) < before.end() ? Part.NONE : before;
            in.skipNBytes(start.end());
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // What follows the last line break was cut off by a crash, or is being written.
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            List<SignedHead> heads = whole.lines().map(HeadFile::parse).toList();
            long end = start.end() + whole.getBytes(StandardCharsets.UTF_8).length;
            return new Part(end, start.lines() + heads.size(), heads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the file away if it is still that of the ledger which had this first head. */
    void removeIfBegunWith(SignedHead first) {
        List<SignedHead> heads = read();
        if (!heads.isEmpty() && heads.get(0).equals(first)) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All heads that the file has. */
    List<SignedHead> read() {
        return readAfter(Part.NONE).heads();
    }

    /**
     * Makes the file ready to be continued: a line that a crash tore is cut off, since it is written again.
     *
     * @return position of the last head in the file, or -1
     */
    long open() {
        Part all = readAfter(Part.NONE);
        if (Files.exists(path)) {
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.truncate(all.end());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.heads().isEmpty()
                ? -1
                : all.heads().get(all.heads().size() - 1).position();
    }

    private static SignedHead parse(String line) {
        try {
            return SignedHead.parse(line);
        } catch (MalformedAct e) {
            throw new IllegalStateException("heads.jsonl holds a line that is not a signed head: " + line, e);
        }
    }
}
