package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.lowagie.text.Document;
import com.lowagie.text.Paragraph;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.procurement.SealedTender.Bidder;
import org.yiqi.procurement.redflags.RedFlag;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Scope;

/** Documents of bids that were made by one hand, on a real tender whose envelopes are opened. */
class BidDocumentsIT {

    @RegisterExtension
    static final EmptyPlatform PLATFORM = new EmptyPlatform();

    private static int second = 10;

    @TempDir
    static Path dataDir;

    private static byte[] pdf(String author, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Document document = new Document()) {
            PdfWriter writer = PdfWriter.getInstance(document, bytes);
            document.addAuthor(author);
            document.open();
            // Each at its own second: otherwise that is what they have in common.
            writer.getInfo().put(PdfName.CREATIONDATE, new PdfString("D:202611010800" + second++));
            document.add(new Paragraph(text));
        }
        return bytes.toByteArray();
    }

    private List<RedFlagView> leads(JudgedTender judged, RedFlag.Group group) {
        return judged
                .services
                .as(judged.pool.regulator(), () -> judged.services
                        .get(RedFlags.class)
                        .list(ListQuery.all().where("indicator", "R041").where("ocid", "ocds-" + judged.sealed.tender)))
                .items()
                .stream()
                .filter(lead -> lead.group() == group)
                .toList();
    }

    private Bidder bid(JudgedTender judged, byte[] document) throws Exception {
        Bidder bidder = judged.sealed.bidder("1", "100");
        bidder.document = document;
        judged.sealed.submit(bidder);
        return bidder;
    }

    private static boolean readNext(JudgedTender judged) {
        return judged.services.asScope(
                Scope.SYSTEM, () -> judged.services.get(BidDocuments.class).readNext());
    }

    @Test
    void twoBidsWithOneAuthorAreALeadOnceTheyAreOpen() throws Exception {
        JudgedTender judged = new JudgedTender(PLATFORM.db, dataDir, PLATFORM.regulator);
        Bidder one = bid(judged, pdf("Li Lei", "Our offer"));
        Bidder other = bid(judged, pdf("li lei", "What we offer"));
        bid(judged, pdf("Han Meimei", "An offer"));
        bid(judged, pdf("Administrator", "Two more"));
        bid(judged, pdf("administrator", "who never said their names"));
        judged.sealed.close();
        assertFalse(readNext(judged));
        judged.open("TECHNICAL");
        int read = 0;
        while (readNext(judged)) {
            read++;
        }
        assertEquals(5, read);
        RedFlagView lead = leads(judged, RedFlag.Group.OCID).get(0);
        assertEquals(2, lead.value());
        assertEquals("author", lead.facts().get("common"));
        List<String> twins = leads(judged, RedFlag.Group.TENDERER).stream()
                .map(RedFlagView::subject)
                .sorted()
                .toList();
        assertEquals(
                List.of("CN-SAIC-" + one.org, "CN-SAIC-" + other.org).stream()
                        .sorted()
                        .toList(),
                twins);
    }

    @Test
    void oneFileInTwoBidsIsALeadUnlessTheBuyerGaveItOut() throws Exception {
        JudgedTender judged = new JudgedTender(PLATFORM.db, dataDir, PLATFORM.regulator);
        byte[] same = "one and the same file".getBytes(StandardCharsets.UTF_8);
        bid(judged, same);
        bid(judged, same);
        judged.sealed.close();
        judged.open("TECHNICAL");
        readNext(judged);
        assertEquals(List.of(), leads(judged, RedFlag.Group.OCID));
        readNext(judged);
        assertEquals("file", leads(judged, RedFlag.Group.OCID).get(0).facts().get("common"));
    }

    @Test
    void twoBidsFromOneAddressAreALeadAndNothingLeadsBackToTheAddress() throws Exception {
        JudgedTender judged = new JudgedTender(PLATFORM.db, dataDir, PLATFORM.regulator);
        List<String> addresses = List.of("203.0.113.7", "203.0.113.7", "203.0.113.8", "10.0.0.1", "10.0.0.1");
        List<Bidder> bidders = new ArrayList<>();
        for (String address : addresses) {
            Bidder bidder = bid(judged, ("own file " + bidders.size()).getBytes(StandardCharsets.UTF_8));
            judged.sealed.as(bidder, () -> {
                judged.services.get(BidOrigins.class).submitted(bidder.bid, address);
                return true;
            });
            bidders.add(bidder);
        }
        Bidder stranger = bidders.get(2);
        assertThrows(
                NotFound.class,
                () -> judged.sealed.as(stranger, () -> {
                    judged.services.get(BidOrigins.class).submitted(bidders.get(0).bid, "203.0.113.8");
                    return true;
                }));
        judged.sealed.close();
        judged.open("TECHNICAL");
        while (readNext(judged)) {
            // One envelope after the other.
        }
        List<RedFlagView> leads = judged.services
                .as(judged.pool.regulator(), () -> judged.services
                        .get(RedFlags.class)
                        .list(ListQuery.all().where("indicator", "Y037").where("ocid", "ocds-" + judged.sealed.tender)))
                .items();
        assertEquals(
                Set.of(
                        "ocds-" + judged.sealed.tender,
                        "CN-SAIC-" + bidders.get(0).org,
                        "CN-SAIC-" + bidders.get(1).org),
                leads.stream().map(RedFlagView::subject).collect(Collectors.toSet()));
        try (Connection c = PLATFORM.db.administrator();
                var s = c.createStatement();
                var rs = s.executeQuery("select (select count(*) from procurement.bid_origin_secret where tender_id = '"
                        + judged.sealed.tender
                        + "'), (select max(length(origin)) from procurement.bid_origin where tender_id = '"
                        + judged.sealed.tender + "')")) {
            rs.next();
            assertEquals(0, rs.getInt(1));
            assertEquals(1, rs.getInt(2));
        }
    }
}
