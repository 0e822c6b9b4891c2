package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.SealBroken;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.contract.sealing.SealedFile;
import org.yiqi.ledger.TenderActs;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.procurement.redflags.DocumentTraits;
import org.yiqi.procurement.redflags.IndicatorSettings;
import org.yiqi.procurement.redflags.RedFlag;
import org.yiqi.procurement.redflags.TextSketch;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * R041: bids of different bidders whose documents were made by one hand: the same file, the same author, the same second, or nearly the
 * same text; and Y037: bids that came from one address. Looked at once the envelopes are open; of what is read only as much is kept as
 * is compared.
 */
@Stateless
@Secured
public class BidDocuments {

    /** What is larger is compared by nothing: it would fill the memory. */
    private static final long LARGEST = 32L << 20;

    private static final double ALIKE = 0.8;

    @Inject
    Sql sql;

    @Inject
    SealedRows rows;

    @Inject
    EnvelopeOpening opening;

    @Inject
    RedFlagRows flags;

    @Inject
    TenderActs ledger;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    private record Unread(UUID tender, String envelope, UUID bid, String content) {}

    private record Known(UUID bid, String org, DocumentTraits traits) {}

    /**
     * Reads one envelope that was opened; after the last of a tender its bids are compared. System work only.
     *
     * @return whether there was one
     */
    @PermitAll
    public boolean readNext() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("procurement.system-only", "Only the system's own work does this");
        }
        sql.first("select pg_advisory_xact_lock(hashtext('procurement.bid_document'))", rs -> true);
        Optional<Unread> next = sql.first(
                """
                select o.* from procurement.opened_envelope o where o.content is not null and not exists (
                  select 1 from procurement.bid_document_read r where r.bid_id = o.bid_id and r.envelope = o.envelope)
                 order by o.tender_id, o.bid_id, o.envelope limit 1""",
                rs -> new Unread(
                        rs.getObject("tender_id", UUID.class),
                        rs.getString("envelope"),
                        rs.getObject("bid_id", UUID.class),
                        rs.getString("content")));
        next.ifPresent(unread -> {
            Instant now = clock.instant();
            sql.update(
                    "insert into procurement.bid_document_read(bid_id, envelope, read_at) values (?,?,?)",
                    unread.bid,
                    unread.envelope,
                    now);
            traits(unread).forEach(each -> keep(unread, each));
            if (isRead(unread.tender)) {
                compare(unread.tender, now);
            }
        });
        return next.isPresent();
    }

    /** Bids are compared with each other, once all that were opened have been read. */
    private boolean isRead(UUID tender) {
        return !sql.exists("""
                select 1 from procurement.opened_envelope o where o.tender_id = ? and o.content is not null and not exists (
                  select 1 from procurement.bid_document_read r where r.bid_id = o.bid_id and r.envelope = o.envelope)""", tender);
    }

    private List<DocumentTraits> traits(Unread unread) {
        List<DocumentTraits> all = new ArrayList<>();
        try {
            BidContent content = BidContent.parse(unread.content.getBytes(StandardCharsets.UTF_8));
            all.add(DocumentTraits.ofText(String.join("\n", content.values().values())));
            SealTerms terms = SealTerms.of(ledger.chain(unread.tender));
            SealedBid sealed =
                    SealedBid.parse(rows.manifests(List.of(unread.bid)).get(0).manifest());
            for (int i = 0; i < content.attachments().size(); i++) {
                BidContent.Attachment attachment = content.attachments().get(i);
                if (attachment.size() <= LARGEST) {
                    ByteArrayOutputStream document = new ByteArrayOutputStream();
                    new SealedFile(attachment.keyBytes(), sealed.context(terms, unread.envelope), i)
                            .open(opening.file(unread.bid, sealed, unread.envelope, i), attachment.size(), document);
                    all.add(DocumentTraits.of(document.toByteArray()));
                }
            }
        } catch (SealBroken | MalformedAct e) {
            // What its bidder sealed wrongly, or is not here, has no traits: who evaluates it sees whose fault that is.
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private void keep(Unread unread, DocumentTraits traits) {
        sql.update(
                "insert into procurement.bid_document(tender_id, bid_id, sha256, author, made, sketch) values (?,?,?,?,?,?)",
                unread.tender,
                unread.bid,
                traits.sha256(),
                traits.author(),
                traits.made(),
                traits.text().places());
    }

    private void compare(UUID tender, Instant now) {
        IndicatorSettings settings = flags.settings(LocalDate.ofInstant(now, BusinessCalendar.CHINA));
        Set<String> nobody = new HashSet<>();
        settings.words("R041.no_authors", "").forEach(name -> nobody.add(name.toLowerCase(Locale.ROOT)));
        double alike = settings.decimal("R041.likeness", ALIKE);
        // Forms that the buyer gave out are in every bid, with the buyer's people as their authors.
        List<DocumentTraits> given = sql.list(
                "select content from procurement.tender_document where tender_id = ?",
                rs -> DocumentTraits.of(rs.getBytes(1)),
                tender);
        given.forEach(form -> nobody.add(form.author().toLowerCase(Locale.ROOT)));
        List<Known> known = sql.list(
                """
                select d.*, g.credit_code from procurement.bid_document d join procurement.bid b on b.id = d.bid_id
                  join organisation.organisation g on g.id = b.org_id where d.tender_id = ? order by d.bid_id""",
                rs -> new Known(
                        rs.getObject("bid_id", UUID.class),
                        rs.getString("credit_code"),
                        new DocumentTraits(
                                rs.getString("sha256"),
                                rs.getString("author"),
                                rs.getString("made"),
                                new TextSketch(rs.getString("sketch")))),
                tender);
        known.removeIf(each -> given.stream()
                .anyMatch(form -> form.sha256().equals(each.traits.sha256())
                        || form.text().likeness(each.traits.text()) >= alike));
        Set<String> common = new TreeSet<>();
        Set<String> twins = new TreeSet<>();
        for (int i = 0; i < known.size(); i++) {
            for (Known other : known.subList(0, i)) {
                Known one = known.get(i);
                Set<String> same = same(one.traits, other.traits, nobody, alike);
                if (!same.isEmpty() && !one.org.equals(other.org)) {
                    common.addAll(same);
                    twins.addAll(List.of(one.org, other.org));
                }
            }
        }
        String ocid = sql.first("select ocid from procurement.tender where id = ?", rs -> rs.getString(1), tender)
                .orElse("");
        List<RedFlag> found = new ArrayList<>();
        if (ocid.isEmpty()) {
            return;
        }
        found.addAll(origins(tender, ocid));
        if (!common.isEmpty()) {
            found.add(new RedFlag(
                    "R041", RedFlag.Group.OCID, ocid, twins.size(), Map.of("common", String.join(",", common))));
            twins.forEach(org -> found.add(new RedFlag(
                    "R041",
                    RedFlag.Group.TENDERER,
                    Releases.partyId(org),
                    1,
                    Map.of("ocid", ocid, "common", String.join(",", common)))));
        }
        flags.settle(found, flags.ofBids(ocid), now);
    }

    /** Forgets what could lead back to an address, and tells who had the same. */
    private List<RedFlag> origins(UUID tender, String ocid) {
        sql.update("""
                update procurement.bid_origin o set origin = g.place::text
                  from (select bid_id, dense_rank() over (order by origin) as place from procurement.bid_origin where tender_id = ?) g
                 where g.bid_id = o.bid_id""", tender);
        sql.update("delete from procurement.bid_origin_secret where tender_id = ?", tender);
        List<String> twins = sql.list("""
                select distinct g.credit_code from procurement.bid_origin o join procurement.bid b on b.id = o.bid_id
                  join organisation.organisation g on g.id = b.org_id
                 where o.tender_id = ? and exists (
                   select 1 from procurement.bid_origin p join procurement.bid q on q.id = p.bid_id
                    where p.tender_id = o.tender_id and p.origin = o.origin and q.org_id <> b.org_id
                      and q.state = 'SUBMITTED') and b.state = 'SUBMITTED' order by 1""", rs -> rs.getString(1), tender);
        List<RedFlag> found = new ArrayList<>();
        if (!twins.isEmpty()) {
            found.add(new RedFlag("Y037", RedFlag.Group.OCID, ocid, twins.size(), Map.of()));
            twins.forEach(code -> found.add(
                    new RedFlag("Y037", RedFlag.Group.TENDERER, Releases.partyId(code), 1, Map.of("ocid", ocid))));
        }
        return found;
    }

    private static Set<String> same(DocumentTraits one, DocumentTraits other, Set<String> nobody, double alike) {
        Set<String> same = new TreeSet<>();
        if (!one.sha256().isEmpty() && one.sha256().equals(other.sha256())) {
            same.add("file");
        }
        String author = one.author().toLowerCase(Locale.ROOT);
        if (!author.isEmpty() && author.equals(other.author().toLowerCase(Locale.ROOT)) && !nobody.contains(author)) {
            same.add("author");
        }
        if (!one.made().isEmpty() && one.made().equals(other.made())) {
            same.add("made");
        }
        if (one.text().likeness(other.text()) >= alike) {
            same.add("text");
        }
        return same;
    }
}
