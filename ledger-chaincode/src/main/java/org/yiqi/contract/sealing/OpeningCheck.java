package org.yiqi.contract.sealing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Act;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;

/** Opens an envelope of a tender once more, without the platform and without anybody's key, as far as its ciphertexts are at hand. */
public final class OpeningCheck {

    private final SealTerms terms;
    private final OpeningRecord record;
    private final Map<UUID, String> commitments;
    private final Map<UUID, byte[]> ciphertexts;
    private final Map<UUID, List<Release>> shares = new HashMap<>();
    private final List<UUID> faulty = new ArrayList<>();
    private int compared;
    private int reopened;

    private OpeningCheck(
            SealTerms terms, OpeningRecord record, Map<UUID, String> commitments, Map<UUID, byte[]> ciphertexts) {
        this.terms = terms;
        this.record = record;
        this.commitments = commitments;
        this.ciphertexts = ciphertexts;
    }

    /**
     * What was found.
     *
     * @param compared how many shares and envelopes were looked at
     * @param bids how many envelopes the openers opened
     * @param reopened how many of them were opened again from the shares
     * @param faulty openers, once for each of their shares that is not the one that was dealt; those do not count
     * @param broken the first thing that does not hold, or empty
     */
    public record Result(int compared, int bids, int reopened, List<UUID> faulty, String broken) {

        public Result {
            faulty = List.copyOf(faulty);
        }
    }

    /**
     * @param chain the tender's acts, the oldest first
     * @param commitments by bid, what it last committed to on the ledger
     * @param ciphertexts by bid, those that are at hand
     */
    public static Result run(
            List<Act> chain, Map<UUID, String> commitments, OpeningRecord record, Map<UUID, byte[]> ciphertexts) {
        try {
            OpeningCheck check = new OpeningCheck(SealTerms.of(chain), record, commitments, ciphertexts);
            String broken = check.firstBroken(chain);
            return new Result(check.compared, record.bids().size(), check.reopened, check.faulty, broken);
        } catch (MalformedAct e) {
            return new Result(
                    0,
                    0,
                    0,
                    List.of(),
                    "the opening of " + record.envelope() + " cannot be followed: " + e.getMessage());
        }
    }

    private String firstBroken(List<Act> chain) {
        // More than one where bytes had been missing that somebody brought.
        List<Act> opened = chain.stream()
                .filter(act -> act.type().equals("tender.opened")
                        && record.envelope().equals(act.body().get("envelope")))
                .toList();
        if (opened.isEmpty() || !record.tender().equals(terms.tender())) {
            return "the ledger knows no opening of " + record.envelope() + " envelopes of tender " + record.tender();
        }
        Map<UUID, Optional<String>> signed = contents(opened);
        Map<UUID, SealedBid> sealed = new LinkedHashMap<>();
        for (OpeningRecord.Bid each : record.bids()) {
            SealedBid bid = SealedBid.parse(each.sealed());
            if (!bid.commitment().equals(commitments.get(each.bid()))
                    || !bid.terms().equals(terms.terms())
                    || !bid.tender().equals(terms.tender())
                    || sealed.put(each.bid(), bid) != null) {
                return "what was opened as bid " + each.bid() + " is not what it committed to";
            }
        }
        if (!sealed.keySet().equals(signed.keySet())) {
            return "other " + record.envelope() + " envelopes were opened than the openers signed";
        }
        if (!sealed.keySet().containsAll(ciphertexts.keySet())) {
            return "there are " + record.envelope() + " bytes of bids that were not opened";
        }
        Set<UUID> openers = new HashSet<>();
        opened.forEach(act -> openers.addAll(act.parties(PartyRole.OPENER)));
        String posted = posted(openers, sealed);
        if (!posted.isEmpty()) {
            return posted;
        }
        for (Map.Entry<UUID, SealedBid> each : sealed.entrySet()) {
            String broken =
                    opened(each.getKey(), each.getValue(), signed.getOrDefault(each.getKey(), Optional.empty()));
            if (!broken.isEmpty()) {
                return broken;
            }
        }
        return "";
    }

    private static Map<UUID, Optional<String>> contents(List<Act> opened) {
        Map<UUID, Optional<String>> contents = new HashMap<>();
        for (Act act : opened) {
            new Fields(act.body()).objects("bids", tree -> {
                Fields bid = Fields.of(tree, Set.of("bid", "content"));
                return contents.put(bid.uuid("bid"), Optional.ofNullable(bid.textOrNull("content")));
            });
        }
        return contents;
    }

    /**
     * Every opener that signed the opening posted for these bids and no others, and signed what it posted. One that posted before a
     * bidder had shown itself has no share of that bid.
     */
    private String posted(Set<UUID> openers, Map<UUID, SealedBid> sealed) {
        Set<UUID> missing = new HashSet<>(openers);
        for (OpeningRecord.Posted each : record.lists()) {
            ReleaseList list = ReleaseList.parse(each.list());
            UUID opener = list.opener();
            boolean own = missing.remove(opener)
                    && list.tender().equals(terms.tender())
                    && list.envelope().equals(record.envelope())
                    && SignatureAlgorithm.SM2_SM3.verifies(
                            terms.publicKey(record.envelope(), opener),
                            each.list().getBytes(StandardCharsets.UTF_8),
                            Curve.base64(each.signature()));
            if (!own) {
                return "a list of " + record.envelope() + " shares is not signed with the key of opener " + opener;
            }
            if (!sealed.keySet().containsAll(list.releases().keySet())) {
                return "opener " + opener + " released for other bids than those that were due";
            }
            int index = terms.indexOf(record.envelope(), opener);
            list.releases().forEach((bid, release) -> {
                compared++;
                SealedBid theirs = sealed.get(bid);
                boolean holds = theirs != null
                        && release.index() == index
                        && release.holds(
                                theirs.context(terms, record.envelope()),
                                theirs.envelope(record.envelope()).deal());
                if (holds) {
                    shares.computeIfAbsent(bid, key -> new ArrayList<>()).add(release);
                } else {
                    faulty.add(opener);
                }
            });
        }
        return missing.isEmpty()
                ? ""
                : "opener " + missing.iterator().next() + " signed the opening and its shares are not there";
    }

    private String opened(UUID id, SealedBid bid, Optional<String> signed) {
        SealedBid.Sealed own = bid.envelope(record.envelope());
        SealContext context = bid.context(terms, record.envelope());
        List<Release> released = shares.getOrDefault(id, List.of());
        compared++;
        if (released.size() < terms.threshold()) {
            return "the " + record.envelope() + " envelope of bid " + id + " was opened with " + released.size()
                    + " true shares, it takes " + terms.threshold();
        }
        byte[] ciphertext = ciphertexts.get(id);
        if (ciphertext == null) {
            return own.deal().holds(context) ? "" : "the deal of bid " + id + " does not hold";
        }
        Optional<String> found;
        try {
            found = content(own, new Envelope(own.deal(), ciphertext).open(context, released));
        } catch (SealBroken e) {
            if (e.fault() != SealBroken.Fault.BIDDER) {
                return "the " + record.envelope() + " bytes of bid " + id + " are not those that were committed to";
            }
            found = Optional.empty();
        }
        reopened++;
        return found.equals(signed)
                ? ""
                : "what the shares open in the " + record.envelope() + " envelope of bid " + id
                        + " is not what the openers signed";
    }

    /** The digest of what can be read; nothing for what no bid tool writes. */
    private Optional<String> content(SealedBid.Sealed own, byte[] bytes) {
        try {
            BidContent content = BidContent.parse(bytes);
            boolean whole = content.envelope().equals(record.envelope())
                    && content.attachments().size() == own.files().size();
            return whole ? Optional.of(content.digest()) : Optional.empty();
        } catch (MalformedAct e) {
            return Optional.empty();
        }
    }
}
