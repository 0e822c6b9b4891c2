package org.yiqi.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything one instance remembers. It is locked while the instance runs: the operating system
 * releases the lock when the process ends, however it ends.
 */
public final class DataFolder implements AutoCloseable {

    /** A network keeps its own data in its own data folder, which the platform's may contain. */
    static final String FABRIC = "fabric";

    private static final String LOCK = "lock";
    /** Only a folder that we made ourselves is ever emptied by {@code --fresh}. */
    private static final String MARK = "yiqi-data";

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    public static DataFolder open(Path root, boolean fresh) {
        Path folder = root.toAbsolutePath().normalize();
        @Nullable FileChannel channel = null;
        try {
            boolean strange = Files.exists(folder) && !Files.exists(folder.resolve(MARK)) && !isEmpty(folder);
            if (strange) {
                throw new StartupProblem(folder + " exists and is not a data folder of Yiqi:"
                        + " choose an empty or a new folder with --data DIR.");
            }
            Files.createDirectories(folder);
            channel = FileChannel.open(
                    folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartupProblem("Another Yiqi is running on " + folder
                        + ": stop it, or start this one with its own --data DIR and --port N.");
            }
            DataFolder data = new DataFolder(folder, channel, lock);
            if (fresh) {
                data.clear();
            }
            Files.writeString(folder.resolve(MARK), "This folder belongs to Yiqi. See ./yiqi help.\n");
            Files.createDirectories(data.logs());
            return data;
        } catch (IOException | SecurityException refused) {
            closeQuietly(channel);
            throw new StartupProblem(
                    "Cannot write to " + folder + " (" + reason(refused)
                            + "): give this user write permission there or choose another folder with --data DIR.",
                    refused);
        }
    }

    private static String reason(Exception refused) {
        String message = refused.getMessage();
        String type = refused.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // The start-up fails anyway, with the first and better reason.
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(entry -> entry.endsWith(LOCK) || isNetwork(entry));
        }
    }

    private static boolean isNetwork(Path folder) {
        return folder.endsWith(FABRIC) && Files.exists(folder.resolve(MARK));
    }

    private void clear() throws IOException {
        List<Path> entries;
        try (Stream<Path> all = Files.walk(root)) {
            entries = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : entries) {
            boolean networks = isNetwork(root.resolve(FABRIC)) && entry.startsWith(root.resolve(FABRIC));
            if (!entry.equals(root) && !entry.equals(root.resolve(LOCK)) && !networks) {
                Files.delete(entry);
            }
        }
    }

    public Path root() {
        return root;
    }

    public Path resolve(String name) {
        return root.resolve(name);
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** A fresh log file; the one of the run before is kept beside it as {@code name.1}. */
    Path newLog(String name) throws IOException {
        Path log = logs().resolve(name);
        if (Files.exists(log, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(log, logs().resolve(name + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    void note(String name, String content) throws IOException {
        Files.writeString(root.resolve(name), content, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
