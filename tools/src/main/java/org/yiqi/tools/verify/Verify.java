package org.yiqi.tools.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.BundleCheck;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.EvidenceCheck;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignedHead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a bundle with what the verifier trusts from elsewhere, and nothing that the bundle says of itself. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a proof bundle without the platform.",
            "DIR holds what you trust, obtained out of band: founding.txt, the digest of the ledger's founding, and",
            "optionally heads.jsonl, signed heads that were downloaded earlier.",
            "Exit code 0: everything holds; 1: something does not, and is named; 2: the question cannot be answered."
        })
public final class Verify implements Callable<Integer> {

    private static final int HOLDS = 0;
    private static final int BROKEN = 1;
    private static final int UNANSWERED = 2;
    // A bundle of one unit is some ten thousand bytes: what unpacks to more is not one.
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    @Spec
    CommandSpec spec;

    @Option(names = "--trust", paramLabel = "DIR", required = true, description = "what you trust")
    Path trust;

    @Option(names = "--json", description = "print the result as JSON")
    boolean json;

    @Parameters(paramLabel = "BUNDLE", description = "the zip, or bundle.json from it")
    Path bundle;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<BundleCheck.Step> steps;
        EvidenceCheck.Result evidence;
        BundleCheck.Trust trusted;
        try {
            trusted = trusted();
        } catch (IOException | MalformedAct e) {
            err.println("The trust folder cannot be used: " + e.getMessage());
            return UNANSWERED;
        }
        try {
            Bundle parsed = Bundle.parse(read());
            steps = BundleCheck.run(parsed, trusted);
            evidence = EvidenceCheck.run(evidence(), parsed.founding());
        } catch (IOException e) {
            err.println("The bundle cannot be opened: " + e.getMessage());
            return UNANSWERED;
        } catch (MalformedAct e) {
            err.println("Broken: this is not a bundle as the platform writes them: " + e.getMessage());
            return BROKEN;
        }
        boolean holds = steps.stream().allMatch(BundleCheck.Step::holds) && evidence.holds();
        if (json) {
            out.println(json(steps, evidence, holds));
        } else {
            print(out, steps, evidence, trusted);
        }
        out.flush();
        return holds ? HOLDS : BROKEN;
    }

    private BundleCheck.Trust trusted() throws IOException {
        String founding = Files.readString(trust.resolve("founding.txt")).strip();
        if (!founding.matches("[0-9a-f]{64}")) {
            throw new MalformedAct("founding.txt does not hold a digest of 64 hexadecimal digits");
        }
        List<SignedHead> heads = new ArrayList<>();
        Path file = trust.resolve("heads.jsonl");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    heads.add(SignedHead.parse(line));
                }
            }
        }
        return new BundleCheck.Trust(founding, heads);
    }

    private String read() throws IOException {
        if (bundle.toString().endsWith(".json")) {
            return Files.readString(bundle).strip();
        }
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            ZipEntry entry = zip.getEntry("bundle.json");
            if (entry == null) {
                throw new IOException("there is no bundle.json in it");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new IOException("it unpacks to more than " + MOST_BYTES + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
    }

    /** What comes in the folder {@code evidence/} of a zip. */
    private List<EvidenceProof> evidence() throws IOException {
        List<EvidenceProof> proofs = new ArrayList<>();
        if (bundle.toString().endsWith(".json")) {
            return proofs;
        }
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            int read = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().matches("evidence/[0-9]+\\.json")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        byte[] bytes = in.readNBytes(MOST_BYTES - read + 1);
                        read += bytes.length;
                        if (read > MOST_BYTES) {
                            throw new IOException("its evidence unpacks to more than " + MOST_BYTES + " bytes");
                        }
                        proofs.add(EvidenceProof.parse(new String(bytes, StandardCharsets.UTF_8)));
                    }
                }
            }
        }
        return proofs;
    }

    private static void print(
            PrintWriter out, List<BundleCheck.Step> steps, EvidenceCheck.Result evidence, BundleCheck.Trust trusted) {
        out.println(Bundle.NOTICE);
        out.println();
        for (BundleCheck.Step step : steps) {
            out.printf(
                    Locale.ROOT,
                    "%-6s %5d  %s%n",
                    step.holds() ? "holds" : "BROKEN",
                    step.compared(),
                    text(step.check()));
        }
        out.printf(
                Locale.ROOT,
                "%-6s %5d  %s%n",
                evidence.holds() ? "holds" : "BROKEN",
                evidence.compared(),
                "documents lead to roots that the platform signed"
                        + (evidence.erased() > 0 ? "; " + evidence.erased() + " were erased since" : ""));
        out.println();
        Stream.concat(steps.stream().map(BundleCheck.Step::broken), Stream.of(evidence.broken()))
                .filter(broken -> !broken.isEmpty())
                .findFirst()
                .ifPresentOrElse(
                        broken -> out.println("First broken link: " + broken), () -> out.println("Everything holds."));
        if (trusted.heads().isEmpty()) {
            out.println("You have no heads.jsonl: another history of the same operator could not be told apart.");
        }
    }

    private static String text(BundleCheck.Check check) {
        return switch (check) {
            case FOUNDING -> "the ledger's founding is the one you trust";
            case DOCUMENTS -> "acts are what the journal's lines were made for";
            case LINKS -> "journal lines follow each other up to a signed head";
            case HEADS -> "heads are signed by the operator";
            case KNOWN_HEADS -> "heads are those that you have";
            case ACTS -> "signatures, keys, chains and custody hold by the rules";
            case COMPLETENESS -> "no act is left out, by the operator's word";
        };
    }

    private static String json(List<BundleCheck.Step> steps, EvidenceCheck.Result evidence, boolean holds) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "evidence",
                Map.of(
                        "broken", evidence.broken(),
                        "compared", Integer.toString(evidence.compared()),
                        "erased", Integer.toString(evidence.erased()),
                        "holds", evidence.holds()));
        tree.put("holds", holds);
        tree.put("notice", Bundle.NOTICE);
        tree.put(
                "steps",
                steps.stream()
                        .map(step -> Map.of(
                                "broken", step.broken(),
                                "check", step.check().name(),
                                "compared", Integer.toString(step.compared()),
                                "holds", step.holds()))
                        .toList());
        return CanonicalJson.write(tree);
    }
}
