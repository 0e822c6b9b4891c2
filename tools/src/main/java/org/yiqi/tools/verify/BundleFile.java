package org.yiqi.tools.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.MalformedAct;

/**
 * A bundle as it lies there, read once and whole: what is checked is what was read, and nothing else is looked at later.
 *
 * @param members by their names in the zip
 * @param foreign what does not belong there, or empty
 */
record BundleFile(Map<String, byte[]> members, String foreign) {

    // A bundle of one unit is some ten thousand bytes: what unpacks to more is not one.
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final String DOCUMENT = "bundle.json";
    private static final String README = "README.txt";
    private static final Pattern PAPERS = Pattern.compile(Replay.MEMBERS);
    private static final Pattern EVIDENCE = Pattern.compile("evidence/[0-9]+\\.json");

    BundleFile {
        members = Map.copyOf(members);
    }

    /**
     * Reads a zip, or {@code bundle.json} from one.
     *
     * @throws IOException if it cannot be opened, holds no bundle or unpacks to too much
     * @throws MalformedAct if a member is there twice
     */
    static BundleFile read(Path path) throws IOException {
        if (path.toString().endsWith(".json")) {
            if (Files.size(path) > MOST_BYTES) {
                throw tooLarge();
            }
            return new BundleFile(
                    Map.of(DOCUMENT, Files.readString(path).strip().getBytes(StandardCharsets.UTF_8)), "");
        }
        Map<String, byte[]> members = new TreeMap<>();
        String foreign = "";
        try (ZipFile zip = new ZipFile(path.toFile())) {
            int read = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                // A bundle brings nothing else: least of all something to trust it by.
                if (!name.equals(DOCUMENT)
                        && !name.equals(README)
                        && !EVIDENCE.matcher(name).matches()) {
                    foreign = "the bundle brings " + name + " with it: what you trust comes from elsewhere";
                    continue;
                }
                byte[] bytes;
                try (InputStream in = zip.getInputStream(entry)) {
                    bytes = in.readNBytes(MOST_BYTES - read + 1);
                }
                read += bytes.length;
                if (read > MOST_BYTES) {
                    throw tooLarge();
                }
                if (members.put(name, bytes) != null) {
                    throw new MalformedAct("it holds " + name + " twice: another reader may take the other one");
                }
            }
        }
        if (!members.containsKey(DOCUMENT)) {
            throw new IOException("there is no bundle.json in it");
        }
        return new BundleFile(members, foreign);
    }

    private static IOException tooLarge() {
        return new IOException("it unpacks to more than " + MOST_BYTES + " bytes");
    }

    String document() {
        return new String(members.getOrDefault(DOCUMENT, new byte[0]), StandardCharsets.UTF_8);
    }

    /** What comes in the folder {@code evidence/}. */
    List<EvidenceProof> evidence() {
        return new TreeMap<>(members)
                .entrySet().stream()
                        .filter(member -> EVIDENCE.matcher(member.getKey()).matches())
                        .map(member -> EvidenceProof.parse(new String(member.getValue(), StandardCharsets.UTF_8)))
                        .toList();
    }

    /** From what a tender is opened and judged again. */
    Map<String, byte[]> papers() {
        Map<String, byte[]> papers = new TreeMap<>(members);
        papers.keySet().removeIf(name -> !PAPERS.matcher(name).matches());
        return papers;
    }
}
