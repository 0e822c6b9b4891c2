package org.yiqi.tools.verify;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.contract.evaluation.EvaluationDocument;
import org.yiqi.contract.evaluation.LotResult.Standing;
import org.yiqi.contract.evaluation.PublishedTerms;
import org.yiqi.contract.evaluation.TenderReplay;
import org.yiqi.contract.sealing.OpeningRecord;
import org.yiqi.tools.Texts;

/** Opens and judges a tender again from what its proof brings besides the acts, and tells how it came to the winner. */
final class Replay {

    /** The names in the zip that this reads. */
    static final String MEMBERS =
            "opening/(TECHNICAL|PRICE)(\\.json|/[0-9a-f-]{36}\\.sealed)" + "|evaluation/(TECHNICAL|PRICE|terms)\\.json";

    private static final String PAPERS = "REPLAY";
    private static final int MINOR_DIGITS = 2;

    private final Texts texts;
    private final TenderReplay.Result result;

    private Replay(Texts texts, TenderReplay.Result result) {
        this.texts = texts;
        this.result = result;
    }

    /**
     * What there is to tell.
     *
     * @param lines for people
     * @param tree the same for programs; empty if nothing was replayed
     */
    record Told(List<TenderReplay.Step> steps, List<String> lines, Map<String, Object> tree) {

        private static Told only(TenderReplay.Step step) {
            return new Told(List.of(step), List.of(), Map.of());
        }
    }

    /**
     * @param document the bundle
     * @param members of the zip, those named {@link #MEMBERS}
     */
    static Told of(String document, Map<String, byte[]> members, Texts texts) {
        List<Act> acts = new ArrayList<>();
        Subject subject = read(document, acts);
        if (subject == null || subject.kind() != Subject.Kind.TENDER) {
            return members.isEmpty()
                    ? new Told(List.of(), List.of(), Map.of())
                    : Told.only(new TenderReplay.Step(
                            PAPERS,
                            members.size(),
                            "there are papers of a tender, and the proof is of something else"));
        }
        UUID tender = subject.id();
        if (members.isEmpty()) {
            return TenderReplay.isRanked(tender, acts)
                    ? Told.only(new TenderReplay.Step(
                            PAPERS, 0, "what the ranked bids were opened and judged from is not with it"))
                    : new Told(List.of(), List.of(), Map.of());
        }
        List<TenderReplay.Step> steps = new ArrayList<>();
        steps.add(new TenderReplay.Step(PAPERS, members.size(), ""));
        TenderReplay.Result result = TenderReplay.run(tender, acts, papers(members));
        steps.addAll(result.steps());
        Replay replay = new Replay(texts, result);
        return new Told(steps, replay.lines(), replay.tree());
    }

    /** The acts of a bundle, and the subject that it is the proof of. */
    private static @Nullable Subject read(String document, List<Act> acts) {
        if (NetworkBundle.is(document)) {
            NetworkBundle bundle = NetworkBundle.parse(document);
            bundle.acts().forEach(each -> acts.add(SignedAct.parse(each).act()));
            return bundle.questions().isEmpty()
                    ? null
                    : bundle.questions().get(0).subject();
        }
        Bundle bundle = Bundle.parse(document);
        bundle.lines().stream()
                .filter(line -> line.document() != null && line.entry().position() > 0)
                .sorted(Comparator.comparingLong(line -> line.entry().position()))
                .forEach(line -> acts.add(
                        SignedAct.parse(String.valueOf(line.document())).act()));
        return bundle.statements().isEmpty() ? null : bundle.statements().get(0).subject();
    }

    private static TenderReplay.Papers papers(Map<String, byte[]> members) {
        Map<String, OpeningRecord> openings = new HashMap<>();
        Map<String, Map<UUID, byte[]>> ciphertexts = new HashMap<>();
        Map<String, EvaluationDocument> documents = new HashMap<>();
        @Nullable PublishedTerms terms = null;
        for (Map.Entry<String, byte[]> member : members.entrySet()) {
            String[] name = member.getKey().split("[/.]");
            String text = new String(member.getValue(), StandardCharsets.UTF_8);
            if (name[0].equals("opening") && name[2].equals("json")) {
                openings.put(name[1], named(name[1], OpeningRecord.parse(text)));
            } else if (name[0].equals("opening")) {
                ciphertexts
                        .computeIfAbsent(name[1], envelope -> new HashMap<>())
                        .put(bid(name[2]), member.getValue());
            } else if (name[1].equals("terms")) {
                terms = PublishedTerms.parse(text);
            } else {
                EvaluationDocument document = EvaluationDocument.parse(text);
                if (!document.envelope().equals(name[1])) {
                    throw new MalformedAct("the scores named " + name[1] + " are those of " + document.envelope());
                }
                documents.put(name[1], document);
            }
        }
        return new TenderReplay.Papers(openings, ciphertexts, documents, terms);
    }

    private static OpeningRecord named(String envelope, OpeningRecord record) {
        if (!record.envelope().equals(envelope)) {
            throw new MalformedAct("the opening named " + envelope + " is that of " + record.envelope());
        }
        return record;
    }

    private static UUID bid(String name) {
        try {
            UUID bid = UUID.fromString(name);
            if (bid.toString().equals(name)) {
                return bid;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedAct(name + " is no bid", e);
        }
        throw new MalformedAct(name + " is no bid");
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (TenderReplay.Opened each : result.opened()) {
            lines.add(texts.format("replay.opened", each.envelope(), text(each.bids()), text(each.reopened())));
            each.faulty().stream()
                    .collect(Collectors.groupingBy(opener -> opener, Collectors.counting()))
                    .forEach((opener, count) -> lines.add(texts.format("replay.faulty", text(opener), text(count))));
        }
        if (!result.termsTied()) {
            lines.add(texts.text("replay.noTerms"));
        }
        result.lots().forEach(lot -> lot(lot, lines));
        return lines;
    }

    private void lot(TenderReplay.Lot lot, List<String> lines) {
        String weights = lot.terms().criteria().stream()
                .map(each -> texts.text("replay.kind." + each.kind()) + " " + each.weight())
                .collect(Collectors.joining(", "));
        String formula = texts.text("replay.formula." + lot.terms().formula().kind());
        lines.add(texts.format(
                "replay.lot",
                lot.terms().code(),
                weights,
                formula,
                money(lot.terms().ceiling(), lot)));
        for (Standing each : lot.result().standings()) {
            String amount = each.amount() == null ? "–" : money(each.amount(), lot);
            lines.add(
                    each.rank() > 0
                            ? texts.format(
                                    "replay.rank",
                                    text(each.rank()),
                                    text(each.bid()),
                                    bidder(each.bid()),
                                    each.total().toPlainString(),
                                    each.technical().toPlainString(),
                                    each.price().toPlainString(),
                                    each.lifeCycle().toPlainString(),
                                    amount)
                            : texts.format(
                                    "replay.out",
                                    text(each.bid()),
                                    bidder(each.bid()),
                                    texts.text("replay.fate." + each.fate()),
                                    amount));
        }
        UUID winner = lot.winner();
        lines.add(
                winner == null
                        ? texts.text("replay.noWinner")
                        : texts.format("replay.winner", lot.terms().code(), text(winner), bidder(winner)));
        lines.add(decision(lot));
    }

    private String decision(TenderReplay.Lot lot) {
        UUID awarded = lot.awarded();
        if (awarded != null) {
            return texts.format(
                    awarded.equals(lot.winner()) ? "replay.awarded" : "replay.awardedOther",
                    text(awarded),
                    bidder(awarded));
        }
        return lot.failed().isEmpty() ? texts.text("replay.undecided") : texts.format("replay.failed", lot.failed());
    }

    private Map<String, Object> tree() {
        List<Object> lots = new ArrayList<>();
        for (TenderReplay.Lot lot : result.lots()) {
            Map<String, Object> tree = new HashMap<>();
            tree.put("awarded", lot.awarded() == null ? null : text(lot.awarded()));
            tree.put("failed", lot.failed());
            tree.put("lot", lot.terms().code());
            tree.put(
                    "ranking", lot.result().standings().stream().map(this::tree).toList());
            tree.put("winner", lot.winner() == null ? null : text(lot.winner()));
            lots.add(tree);
        }
        return Map.of(
                "lots",
                lots,
                "opened",
                result.opened().stream()
                        .map(each -> Map.of(
                                "bids", text(each.bids()),
                                "envelope", each.envelope(),
                                "reopened", text(each.reopened())))
                        .toList(),
                "passedOver",
                result.passedOver(),
                "termsCompared",
                result.termsTied());
    }

    private Map<String, Object> tree(Standing each) {
        Map<String, Object> tree = new HashMap<>();
        tree.put("amountMinor", each.amount() == null ? null : text(each.amount()));
        tree.put("bid", text(each.bid()));
        tree.put("bidder", bidder(each.bid()));
        tree.put("fate", each.fate().name());
        tree.put("lifeCycle", each.lifeCycle().toPlainString());
        tree.put("price", each.price().toPlainString());
        tree.put("rank", text(each.rank()));
        tree.put("technical", each.technical().toPlainString());
        tree.put("total", each.total().toPlainString());
        return tree;
    }

    private String bidder(UUID bid) {
        UUID org = result.bidders().get(bid);
        return org == null ? "?" : text(org);
    }

    private static String money(long minor, TenderReplay.Lot lot) {
        return BigDecimal.valueOf(minor, MINOR_DIGITS).toPlainString() + " "
                + lot.terms().currency();
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }
}
