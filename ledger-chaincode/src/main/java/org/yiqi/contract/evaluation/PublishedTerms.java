package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yiqi.contract.Act;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * The terms as they were published before anybody bid: whoever judges by other weights, requirements or ceilings is found out by them.
 *
 * @param salt of the digest that the act of the publication, or of the last amendment, carries
 * @param text canonical
 */
public record PublishedTerms(String salt, String text) {

    /** How an act names the digest among its evidence: SHA-256 over salt and text. */
    public static final String EVIDENCE = "terms";

    private static final int MINOR_DIGITS = 2;

    /** Canonical JSON. */
    public String json() {
        return CanonicalJson.write(Map.of("salt", salt, "text", text));
    }

    /** Reads what {@link #json} wrote. */
    public static PublishedTerms parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("salt", "text"));
        if (!fields.text("salt").matches("([0-9a-f]{2})+")) {
            throw new MalformedAct("terms without their salt");
        }
        return new PublishedTerms(fields.text("salt"), fields.text("text"));
    }

    /** The digest of a tender's terms as they hold, if its acts carry one. */
    public static Optional<String> digest(List<Act> chain) {
        return chain.stream()
                .filter(act ->
                        act.type().equals("tender.published") || act.type().equals("tender.amended"))
                .reduce((before, after) -> after)
                .flatMap(act -> act.evidence().stream()
                        .filter(each -> each.name().equals(EVIDENCE))
                        .map(Evidence::digest)
                        .findFirst());
    }

    /** Whether these are the terms that a digest was published of. */
    public boolean isOf(String digest) {
        byte[] first = HexFormat.of().parseHex(salt);
        byte[] rest = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + rest.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return Act.sha256(all).equals(digest);
    }

    /**
     * What of an evaluation's terms was published otherwise; empty if nothing.
     *
     * @throws MalformedAct if these are not terms as the platform writes them
     */
    public String difference(EvaluationTerms judged) {
        Fields published = new Fields(CanonicalJson.read(text));
        if (!published.uuid("tender").equals(judged.tender())) {
            return "the published terms are another tender's";
        }
        List<LotTerms.Criterion> criteria = new ArrayList<>();
        published.objects(
                "criteria",
                tree -> criteria.add(new LotTerms.Criterion(
                        Integer.toString(criteria.size()),
                        Decimals.constant(LotTerms.Kind.class, new Fields(tree).text("kind")),
                        (int) new Fields(tree).number("weight"))));
        List<Fields> lots = published.objects("lots", Fields::new);
        if (!lots.stream()
                .map(lot -> lot.text("code"))
                .toList()
                .equals(judged.lots().stream().map(LotTerms::code).toList())) {
            return "other lots are judged than were published";
        }
        for (int i = 0; i < lots.size(); i++) {
            LotTerms lot = judged.lots().get(i);
            String where = "lot " + lot.code() + " is judged by ";
            BigDecimal ceiling = new BigDecimal(lots.get(i).text("ceiling")).movePointRight(MINOR_DIGITS);
            if (ceiling.compareTo(BigDecimal.valueOf(lot.ceiling())) != 0
                    || !published.text("currency").equals(lot.currency())) {
                return where + "another ceiling than was published";
            }
            if (!criteria.equals(lot.criteria())) {
                return where + "other criteria or weights than were published";
            }
            if (!requirements(published, lot.code()).equals(lot.requirements())) {
                return where + "other requirements than were published";
            }
        }
        return "";
    }

    private static List<LotTerms.Requirement> requirements(Fields published, String lot) {
        List<LotTerms.Requirement> requirements = new ArrayList<>();
        List<Fields> all = published.objects("requirements", Fields::new);
        for (int i = 0; i < all.size(); i++) {
            String of = all.get(i).text("lot");
            if (of.isEmpty() || of.equals(lot)) {
                boolean mandatory = all.get(i).text("mandatory").equals("true");
                requirements.add(new LotTerms.Requirement(Integer.toString(i), mandatory));
            }
        }
        return requirements;
    }
}
