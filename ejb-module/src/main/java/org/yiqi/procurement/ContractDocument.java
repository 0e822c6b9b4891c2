package org.yiqi.procurement;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yiqi.shared.Money;

/** The contract as a file. Its digest stands in the act that both sides sign, so the bytes are made once and kept. */
final class ContractDocument {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern MARK = Pattern.compile("YIQI-CONTRACT (C-[0-9]{1,12}) ([0-9]{1,6})");

    private ContractDocument() {}

    /** The name of a contract and its revision, as a file says it. */
    record Mark(String number, int revision) {}

    /**
     * @param amount with this revision
     * @param reason of a change; empty for the contract itself
     */
    static byte[] render(
            ContractView contract, int revision, Money amount, String reason, String buyer, String supplier) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Document pdf = new Document(PageSize.A4, 56, 56, 56, 56)) {
            PdfWriter writer = PdfWriter.getInstance(pdf, out);
            writer.setCompressionLevel(9);
            // Read back from an altered file, so that the answer can name the contract.
            pdf.addSubject("YIQI-CONTRACT " + contract.number() + " " + revision);
            pdf.addTitle(contract.number());
            pdf.open();
            BaseFont base = BaseFont.createFont("STSong-Light", "UniGB-UCS2-H", BaseFont.NOT_EMBEDDED);
            Font big = new Font(base, 16);
            Font head = new Font(base, 12);
            Font text = new Font(base, 10);
            pdf.add(new Paragraph(revision == 1 ? "采购合同 Purchase contract" : "补充合同 Supplementary contract", big));
            pdf.add(new Paragraph(contract.title(), head));
            pdf.add(new Paragraph(contract.number() + " / " + revision, text));
            pdf.add(new Paragraph("甲方 Buyer: " + buyer, text));
            pdf.add(new Paragraph("乙方 Supplier: " + supplier, text));
            pdf.add(new Paragraph("总价 Amount: " + said(amount), text));
            if (!reason.isEmpty()) {
                pdf.add(new Paragraph("变更 Change: " + reason, text));
            }
            pdf.add(new Paragraph(" ", text));
            pdf.add(items(contract, text));
            for (ContractClause clause : contract.clauses()) {
                pdf.add(new Paragraph(clause.titleZh() + " " + clause.titleEn(), head));
                pdf.add(new Paragraph(contract.text(clause, "zh"), text));
                pdf.add(new Paragraph(contract.text(clause, "en"), text));
            }
            pdf.add(new Paragraph("里程碑 Milestones", head));
            for (ContractView.Milestone m : contract.milestones()) {
                pdf.add(new Paragraph(
                        m.position() + ". " + m.kind() + "  " + m.due() + "  " + m.percent() + " %", text));
            }
            byte[] salt = new byte[16];
            RANDOM.nextBytes(salt);
            // Nobody can find out by trial what an unknown contract says from the digest on the ledger.
            pdf.add(new Paragraph("校验码 Check code: " + HexFormat.of().formatHex(salt), text));
        } catch (DocumentException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static PdfPTable items(ContractView contract, Font text) {
        PdfPTable table = new PdfPTable(new float[] {6, 2, 3});
        table.setWidthPercentage(100);
        for (String title : new String[] {"设备 Equipment", "数量 Quantity", "单价 Unit price"}) {
            table.addCell(new Phrase(title, text));
        }
        for (ContractTerms.Item item : contract.items()) {
            table.addCell(new Phrase(item.description(), text));
            table.addCell(new Phrase(Integer.toString(item.quantity()), text));
            table.addCell(new Phrase(said(item.unitPrice()), text));
        }
        return table;
    }

    private static String said(Money money) {
        return money.amount().toPlainString() + " " + money.currency();
    }

    /** What a file says that it is. */
    static Optional<Mark> mark(byte[] file) {
        Matcher found = MARK.matcher(new String(file, StandardCharsets.ISO_8859_1));
        return found.find()
                ? Optional.of(new Mark(found.group(1), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
