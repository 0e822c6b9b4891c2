package org.yiqi.tools.verify;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.BundleCheck;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.EvidenceCheck;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.Founding;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.Subject;
import org.yiqi.contract.SubjectStatement;
import org.yiqi.contract.evaluation.TenderReplay;
import org.yiqi.contract.receipt.BlockCheck;
import org.yiqi.contract.receipt.TrustedChannel;
import org.yiqi.tools.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a bundle with what the verifier trusts from elsewhere, and nothing that the bundle says of itself. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a proof bundle without the platform, with --blocks against the channel's own blocks too.",
            "DIR holds what you trust, obtained out of band, never from a bundle.",
            "For a local ledger: founding.txt, the digest of the ledger's founding, and optionally heads.jsonl, signed",
            "heads that were downloaded earlier. For a Fabric channel: trust.json with the channel, its contract and its",
            "members, and the members' root certificates and lists of revoked ones; optionally founding.txt.",
            "The proof of a tender is opened and judged again, and the winner of each lot is named.",
            "Exit code 0: everything holds; 1: something does not, and is named; 2: the question cannot be answered."
        })
public final class Verify implements Callable<Integer> {

    private static final int HOLDS = 0;
    private static final int BROKEN = 1;
    private static final int UNANSWERED = 2;

    @Spec
    CommandSpec spec;

    @Option(names = "--trust", paramLabel = "DIR", required = true, description = "what you trust")
    Path trust;

    @Option(names = "--json", description = "print the result as JSON")
    boolean json;

    @Option(names = "--lang", paramLabel = "LANG", description = "en or zh (default: ${DEFAULT-VALUE})")
    String language = Texts.ownLanguage();

    @Option(names = "--nonce", paramLabel = "NONCE", description = "the nonce that you had the peers asked with")
    @Nullable
    String nonce;

    @Option(
            names = "--blocks",
            paramLabel = "PATH",
            description =
                    "a block of the channel, or a folder of them, that you fetched from a peer of your own choice")
    @Nullable
    Path blocks;

    @Parameters(paramLabel = "BUNDLE", description = "the zip, or bundle.json from it")
    Path bundle;

    /** One comparison, whatever kind of ledger it is about. */
    private record Step(String check, int compared, String broken) {}

    /** What came out, with what a reader should know besides. */
    private record Report(String kind, List<Step> steps, List<String> remarks) {

        private boolean holds() {
            return steps.stream().allMatch(step -> step.broken().isEmpty());
        }
    }

    @Override
    public Integer call() {
        if (!language.equals("en") && !language.equals("zh")) {
            throw new ParameterException(spec.commandLine(), "--lang is en or zh");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Texts texts = new Texts("org.yiqi.tools.verify.checks", language);
        Report report;
        Replay.Told replay;
        try {
            BundleFile file = BundleFile.read(bundle);
            TrustFolder folder = new TrustFolder(trust);
            report = NetworkBundle.is(file.document())
                    ? channel(file.document(), file.evidence(), folder, texts)
                    : local(file.document(), file.evidence(), folder, texts);
            report.steps().add(0, new Step("CONTENTS", file.members().size(), file.foreign()));
            replay = Replay.of(file.document(), file.papers(), texts);
            for (TenderReplay.Step step : replay.steps()) {
                report.steps().add(new Step(step.check(), step.compared(), step.broken()));
            }
            report.remarks().addAll(replay.lines());
        } catch (IOException e) {
            err.println("The bundle cannot be opened: " + e.getMessage());
            return UNANSWERED;
        } catch (Untrusted e) {
            err.println("The trust folder cannot be used: " + e.getMessage());
            return UNANSWERED;
        } catch (UncheckedIOException e) {
            err.println("The blocks cannot be read: " + e.getMessage());
            return UNANSWERED;
        } catch (MalformedAct e) {
            err.println("Broken: this is not a bundle as the platform writes them: " + e.getMessage());
            return BROKEN;
        }
        if (json) {
            out.println(json(report, replay, texts));
        } else {
            print(out, report, texts);
        }
        out.flush();
        return report.holds() ? HOLDS : BROKEN;
    }

    private static Report local(String document, List<EvidenceProof> evidence, TrustFolder folder, Texts texts) {
        BundleCheck.Trust trusted;
        try {
            trusted = folder.local();
        } catch (IOException | MalformedAct e) {
            throw new Untrusted(e);
        }
        Bundle parsed = Bundle.parse(document);
        List<Step> steps = new ArrayList<>(BundleCheck.run(parsed, trusted).stream()
                .map(step -> new Step(step.check().name(), step.compared(), step.broken()))
                .toList());
        List<String> remarks = new ArrayList<>();
        remarks.add(about(parsed.statements().stream().map(SubjectStatement::subject), texts));
        if (trusted.heads().isEmpty()) {
            remarks.add(texts.text("noHeads"));
        }
        addEvidence(evidence, parsed.founding(), steps, remarks, texts);
        return new Report("LOCAL", steps, remarks);
    }

    private Report channel(String document, List<EvidenceProof> evidence, TrustFolder folder, Texts texts) {
        NetworkBundleCheck.Trust trusted;
        try {
            trusted = folder.channel(nonce);
        } catch (IOException | MalformedAct e) {
            throw new Untrusted(e);
        }
        NetworkBundle parsed = NetworkBundle.parse(document);
        NetworkBundleCheck.Result result = NetworkBundleCheck.run(parsed, trusted);
        List<String> remarks = new ArrayList<>();
        remarks.add(about(parsed.questions().stream().map(NetworkBundle.Question::subject), texts));
        remarks.add(texts.text("operators") + " "
                + String.join(", ", result.operators().stream().sorted().toList()));
        if (result.askedAt() != null) {
            remarks.add(texts.text("asked") + " " + result.askedAt());
        }
        if (nonce == null) {
            remarks.add(texts.text("notFresh"));
        }
        List<Step> steps = new ArrayList<>(result.steps().stream()
                .map(step -> new Step(step.check(), step.compared(), step.broken()))
                .toList());
        if (blocks != null) {
            inBlocks(parsed, blocks(blocks), trusted.channel(), folder).stream()
                    .map(step -> new Step(step.check(), step.compared(), step.broken()))
                    .forEach(steps::add);
        }
        addEvidence(evidence, parsed.founding(), steps, remarks, texts);
        return new Report("FABRIC", steps, remarks);
    }

    /** What the bundle proves something about: whoever asked for another unit was given the wrong one. */
    private static String about(Stream<Subject> subjects, Texts texts) {
        return texts.text("about") + " "
                + subjects.filter(subject -> subject.kind() != Subject.Kind.ORGANISATION)
                        .map(Subject::toString)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static List<NetworkBundleCheck.Step> inBlocks(
            NetworkBundle bundle, List<byte[]> blocks, TrustedChannel channel, TrustFolder folder) {
        try {
            return BlockCheck.run(bundle, blocks, channel, folder.orderers());
        } catch (IOException e) {
            throw new Untrusted(e);
        }
    }

    private static List<byte[]> blocks(Path path) {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            for (Path file : files.sorted().toList()) {
                all.add(Files.readAllBytes(file));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addEvidence(
            List<EvidenceProof> evidence, Founding founding, List<Step> steps, List<String> remarks, Texts texts) {
        EvidenceCheck.Result result = EvidenceCheck.run(evidence, founding);
        steps.add(new Step("EVIDENCE", result.compared(), result.broken()));
        if (result.erased() > 0) {
            remarks.add(texts.text("erased") + " " + result.erased());
        }
    }

    private static void print(PrintWriter out, Report report, Texts texts) {
        out.println(texts.text("notice." + report.kind()));
        out.println();
        for (Step step : report.steps()) {
            out.printf(
                    Locale.ROOT,
                    "%-6s %5d  %s%n",
                    texts.text(step.broken().isEmpty() ? "holds" : "broken"),
                    step.compared(),
                    texts.text(step.check()));
        }
        out.println();
        report.steps().stream()
                .filter(step -> !step.broken().isEmpty())
                .findFirst()
                .ifPresentOrElse(
                        step -> out.println(texts.text("first") + " " + step.broken()),
                        () -> out.println(texts.text("everything")));
        report.remarks().forEach(out::println);
    }

    private static String json(Report report, Replay.Told replay, Texts texts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("holds", report.holds());
        tree.put("kind", report.kind());
        tree.put("notice", texts.text("notice." + report.kind()));
        tree.put("remarks", report.remarks());
        if (!replay.tree().isEmpty()) {
            tree.put("replay", replay.tree());
        }
        tree.put(
                "steps",
                report.steps().stream()
                        .map(step -> Map.of(
                                "broken", step.broken(),
                                "check", step.check(),
                                "compared", Integer.toString(step.compared()),
                                "holds", step.broken().isEmpty(),
                                "meaning", texts.text(step.check())))
                        .toList());
        return CanonicalJson.write(tree);
    }

    /** The trust folder is of no use for this bundle. */
    private static final class Untrusted extends RuntimeException {
        Untrusted(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
