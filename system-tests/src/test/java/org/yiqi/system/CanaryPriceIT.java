package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.yiqi.contract.sealing.SealTerms;

/**
 * A price that was sealed is nowhere on a running platform that took the bid: not in the tables, the write-ahead log, the broker, the
 * ledger's journal, the logs and whatever else is in the data folder, and not in the memory of the server. That folder is also what a
 * backup copies. A number that somebody wrote openly is found by the same search in all the same places.
 */
class CanaryPriceIT {

    /** Minor units; they occur nowhere else. */
    private static final long SEALED = 8_172_635_449_107_253L;

    private static final long OPEN = 7_391_846_205_518_467L;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Platform platform = Platform.shared();

    @TempDir
    Path dir;

    @Test
    void aSealedPriceIsNowhereOnThePlatformThatTookIt() throws Exception {
        SealTerms terms = ApiBidder.terms(platform, ApiBidder.openTender(platform));
        ApiBidder bidder = new ApiBidder(platform, terms, "1").start();
        ApiBidder.Sealed sealed = bidder.seal(1, Long.toString(SEALED), 300_000);
        bidder.upload(sealed);
        assertEquals(200, bidder.submit(bidder.stamp(sealed)).statusCode());
        String questions = "/tenders/" + terms.tender() + "/questions";
        bidder.request()
                .body(Map.of("text", "Is a price of " + OPEN + " too much?"))
                .post(questions)
                .then()
                .statusCode(201);
        // Read again last, so that it is still in memory.
        bidder.request().get(questions).then().statusCode(200);
        String bid = "bid:" + bidder.path().replaceFirst(".*/", "");
        Platform.await("the bid on the ledger", SOON, () -> recorded(bid));
        Path heap = dir.resolve("heap.hprof");
        dumpHeap(heap);
        Path dump = dir.resolve("tables.txt");
        dumpTables(dump);
        Map<String, Path> places = places();
        places.put("tables", dump);
        places.put("heap", heap);
        TreeSet<String> sealedFound = new TreeSet<>();
        TreeSet<String> openFound = new TreeSet<>();
        for (Map.Entry<String, Path> place : places.entrySet()) {
            for (String spelling : found(place.getValue(), SEALED)) {
                sealedFound.add(place.getKey() + " as " + spelling);
            }
            if (!found(place.getValue(), OPEN).isEmpty()) {
                openFound.add(place.getKey().replaceFirst("^(postgres/[a-z_]+)/.*", "$1"));
            }
        }
        assertEquals(new TreeSet<>(), sealedFound);
        assertTrue(
                openFound.containsAll(List.of("heap", "tables", "postgres/base", "postgres/pg_wal")),
                () -> "the search finds what is there, but: " + openFound);
    }

    private boolean recorded(String subject) {
        try (Connection c = platform.administrator();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(
                        "select 1 from ledger.act where state = 'RECORDED' and subject = '" + subject + "'")) {
            return rs.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every row of every table, and what is in memory of the database onto the disk. */
    private void dumpTables(Path file) throws SQLException, IOException {
        try (Connection c = platform.administrator();
                Statement s = c.createStatement();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            s.execute("checkpoint");
            List<String> tables = new ArrayList<>();
            try (ResultSet rs = s.executeQuery("""
                select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')\
                """)) {
                while (rs.next()) {
                    tables.add(rs.getString(1));
                }
            }
            assertTrue(tables.contains("procurement.bid_chunk"));
            for (String table : tables) {
                c.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout", out);
            }
        }
    }

    private void dumpHeap(Path file) throws IOException, InterruptedException {
        String server =
                Files.readString(platform.data().resolve("application.pid")).strip();
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        server,
                        "GC.heap_dump",
                        "-all",
                        file.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(jcmd.waitFor(2, TimeUnit.MINUTES) && Files.exists(file), said);
    }

    /** All files of the data folder and the log beside it. */
    private Map<String, Path> places() throws IOException {
        Map<String, Path> places = new LinkedHashMap<>();
        Path data = platform.data();
        try (Stream<Path> all = Files.walk(data)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> places.put(data.relativize(file).toString(), file));
        }
        places.put("output", data.resolveSibling(data.getFileName() + ".log"));
        return places;
    }

    /** In which spellings an amount occurs in a file. */
    private static List<String> found(Path file, long minor) throws IOException {
        Map<String, byte[]> spellings = spellings(minor);
        int longest = spellings.values().stream().mapToInt(s -> s.length).max().orElseThrow();
        boolean[] first = new boolean[1 << 16];
        spellings.values().forEach(s -> first[((s[0] & 0xff) << 8) | (s[1] & 0xff)] = true);
        TreeSet<String> found = new TreeSet<>();
        byte[] window = new byte[1 << 20];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(window); read > 0; read = in.read(window, kept, window.length - kept)) {
                int length = kept + read;
                for (int at = 0; at + 1 < length; at++) {
                    if (first[((window[at] & 0xff) << 8) | (window[at + 1] & 0xff)]) {
                        int from = at;
                        spellings.forEach((name, s) -> {
                            int to = from + s.length;
                            if (to <= length && Arrays.equals(window, from, to, s, 0, s.length)) {
                                found.add(name);
                            }
                        });
                    }
                }
                kept = Math.min(length, longest - 1);
                System.arraycopy(window, length - kept, window, 0, kept);
            }
        } catch (NoSuchFileException e) {
            // The database did away with it meanwhile.
            return List.of();
        }
        return List.copyOf(found);
    }

    private static Map<String, byte[]> spellings(long minor) {
        String digits = Long.toString(minor);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("minor units", digits);
        texts.put("decimal", minor / 100 + "." + minor % 100);
        texts.put("grouped", String.format(Locale.ROOT, "%,d.%d", minor / 100, minor % 100));
        Map<String, byte[]> spellings = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            spellings.put(name, utf8);
            spellings.put(name + ", UTF-16", text.getBytes(StandardCharsets.UTF_16LE));
            spellings.put(name + ", UTF-16, big end first", text.getBytes(StandardCharsets.UTF_16BE));
            spellings.put(name + ", hexadecimal", HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.UTF_8));
            // Where it begins in what is encoded decides how it looks: what no neighbour changes of all three.
            for (int shift = 0; shift < 3; shift++) {
                byte[] shifted = new byte[shift + utf8.length];
                System.arraycopy(utf8, 0, shifted, shift, utf8.length);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
                int from = shift == 0 ? 0 : shift + 1;
                String whole = base64.substring(from, shifted.length / 3 * 4);
                spellings.put(name + ", Base64 " + shift, whole.getBytes(StandardCharsets.UTF_8));
            }
        });
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(minor).array();
        spellings.put("a number", number);
        byte[] reversed = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            reversed[i] = number[Long.BYTES - 1 - i];
        }
        spellings.put("a number, little end first", reversed);
        return spellings;
    }
}
