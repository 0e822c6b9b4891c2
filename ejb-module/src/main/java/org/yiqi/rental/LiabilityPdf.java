package org.yiqi.rental;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Evidence;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.Amount;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;

/** Draws a case as a PDF, in Chinese or English: who, what, every piece of evidence with its digest, what it costs, the split. */
@ApplicationScoped
class LiabilityPdf {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> LANGUAGES = List.of("zh", "en");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final float MARGIN = 48;
    private static final Color LINE = new Color(0xD0, 0xD5, 0xDD);

    @Inject
    Organisations organisations;

    @Inject
    Sql sql;

    /** Keeps the dossier of a split in both languages; the salted digests are for its act. */
    List<Evidence> keep(LiabilityView seen, UUID proposal) {
        List<Evidence> evidence = new ArrayList<>();
        for (String language : LANGUAGES) {
            byte[] content = of(seen, language);
            byte[] salt = new byte[32];
            RANDOM.nextBytes(salt);
            String digest = salted(salt, content);
            sql.update(
                    "insert into rental.liability_dossier(proposal_id, language, pdf, salt, digest) values (?, ?, ?, ?, ?)",
                    proposal,
                    language,
                    content,
                    salt,
                    digest);
            evidence.add(new Evidence("dossier-" + language + ".pdf", "SHA-256", digest));
        }
        return evidence;
    }

    private static String salted(byte[] salt, byte[] content) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return HexFormat.of().formatHex(sha.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param language {@code zh} or {@code en} */
    byte[] of(LiabilityView seen, String language) {
        return new Drawing(seen, language).pdf();
    }

    private String name(UUID org, String language) {
        try {
            return organisations.get(org).name(language);
        } catch (NotFound e) {
            return org.toString();
        }
    }

    /** One dossier in the making. */
    private final class Drawing {

        private final LiabilityView seen;
        private final String language;
        private final ResourceBundle texts;
        private final Font title;
        private final Font head;
        private final Font plain;
        private final Font small;
        private final Document pdf = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);

        Drawing(LiabilityView seen, String language) {
            this.seen = seen;
            this.language = language;
            this.texts = ResourceBundle.getBundle(
                    "org.yiqi.rental.dossier",
                    language.equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            try {
                // Names are Chinese in either language; every reader has a face for these glyphs.
                BaseFont face = BaseFont.createFont("STSong-Light", "UniGB-UCS2-H", BaseFont.NOT_EMBEDDED);
                title = new Font(face, 17, Font.BOLD);
                head = new Font(face, 12, Font.BOLD);
                plain = new Font(face, 9.5f);
                small = new Font(face, 7.5f, Font.NORMAL, Color.DARK_GRAY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] pdf() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (pdf) {
                PdfWriter.getInstance(pdf, out);
                pdf.addTitle(text("title") + " " + seen.number());
                pdf.addCreator("Yiqi");
                pdf.open();
                pdf.add(new Paragraph(text("title") + " " + seen.number(), title));
                pdf.add(new Paragraph(text("notice"), small));
                report();
                parties();
                evidence();
                cost();
                seen.proposals().forEach(this::split);
                history();
            } catch (DocumentException e) {
                throw new IllegalStateException(e);
            }
            return out.toByteArray();
        }

        private void report() {
            heading("report");
            PdfPTable table = table(1, 3);
            row(
                    table,
                    text("unit"),
                    seen.unit().name(language) + " · " + seen.unit().assetTag());
            row(table, text("damage"), text("damage." + seen.damage()));
            row(table, text("description"), seen.description());
            row(table, text("harm"), text(seen.harm() ? "yes" : "no"));
            row(table, text("discovered"), time(seen.discoveredAt()));
            row(table, text("reported"), time(seen.reportedAt()) + " · " + org(seen.reporterOrg()));
            row(table, text("frozen"), time(seen.frozenAt()));
            row(table, text("act"), String.valueOf(seen.openedAct()));
            pdf.add(table);
        }

        private void parties() {
            heading("parties");
            PdfPTable table = table(2, 2, 5);
            header(table, "party", "roles", "statement");
            for (LiabilityView.Party party : seen.parties()) {
                cell(table, org(party.org()), plain);
                cell(
                        table,
                        party.roles().stream().map(r -> text("role." + r)).collect(Collectors.joining(", ")),
                        plain);
                String said = party.statement();
                if (said != null) {
                    cell(table, said + "\n" + time(party.statedAt()), plain);
                } else if (party.silentAt() != null) {
                    cell(table, text("silent") + " " + time(party.due()), plain);
                } else {
                    cell(table, text("awaited"), plain);
                }
            }
            pdf.add(table);
        }

        private void evidence() {
            heading("evidence");
            PdfPTable table = table(2, 7);
            header(table, "kind", "facts");
            for (LiabilityView.Evidence piece : seen.evidence()) {
                cell(table, text("kind." + piece.kind()) + "\n" + org(piece.org()) + "\n" + time(piece.at()), plain);
                PdfPCell facts = new PdfPCell();
                for (LiabilityView.Fact fact : piece.facts()) {
                    facts.addElement(new Paragraph(text("fact." + fact.name()) + ": " + fact.value(), plain));
                }
                facts.addElement(new Paragraph("SHA-256 " + piece.digest(), small));
                framed(table, facts);
            }
            pdf.add(table);
        }

        private void cost() {
            LiabilityView.BookWorth worth = seen.worth();
            if (seen.assessments().isEmpty() && worth == null) {
                return;
            }
            heading("cost");
            PdfPTable table = table(1, 3);
            for (LiabilityView.Assessment a : seen.assessments()) {
                row(
                        table,
                        text("kind." + a.kind()) + " · " + org(a.org()),
                        a.repair() == null
                                ? text("awaited")
                                : money(a.repair()) + " − " + money(a.betterment()) + " " + text("betterment"));
            }
            if (worth != null) {
                row(
                        table,
                        text("worth"),
                        money(worth.cost()) + " · " + worth.acquiredOn() + " · " + worth.lifeYears() + " "
                                + text("years") + " · " + worth.residualPercent() + " % → " + money(worth.value()));
            }
            if (seen.limit() != null) {
                row(table, text("limit"), money(seen.limit()));
            }
            pdf.add(table);
        }

        private void split(LiabilityView.Proposal split) {
            Paragraph heading =
                    new Paragraph(text("split." + split.kind()) + " · " + text("splitState." + split.state()), head);
            heading.setSpacingBefore(14);
            pdf.add(heading);
            pdf.add(new Paragraph(
                    org(split.byOrg()) + " · " + time(split.at()) + " · " + money(split.amount()), plain));
            if (!split.note().isEmpty()) {
                pdf.add(new Paragraph(split.note(), plain));
            }
            PdfPTable causes = table(2, 1, 2, 4);
            header(causes, "cause", "weight", "party", "reason");
            for (LiabilityView.Cause cause : split.causes()) {
                cell(causes, text("cause." + cause.cause()), plain);
                cell(causes, Integer.toString(cause.weight()), plain);
                cell(causes, org(cause.org()), plain);
                cell(
                        causes,
                        cause.reason(language) + (cause.source().isEmpty() ? "" : " (" + cause.source() + ")"),
                        plain);
            }
            pdf.add(causes);
            PdfPTable shares = table(4, 2, 2);
            header(shares, "party", "share", "amount");
            for (LiabilityView.Part part : split.shares()) {
                cell(shares, org(part.org()), plain);
                cell(shares, part.share(), plain);
                cell(shares, money(part.amount()), plain);
            }
            pdf.add(shares);
        }

        private void history() {
            heading("history");
            for (LiabilityView.Step step : seen.history()) {
                UUID by = step.org();
                pdf.add(new Paragraph(
                        time(step.at()) + "  " + text("state." + step.to()) + (by == null ? "" : " · " + org(by)),
                        small));
            }
        }

        private void heading(String key) {
            Paragraph heading = new Paragraph(text(key), head);
            heading.setSpacingBefore(14);
            pdf.add(heading);
        }

        private static PdfPTable table(int... widths) {
            PdfPTable table = new PdfPTable(widths.length);
            table.setWidthPercentage(100);
            table.setSpacingBefore(6);
            table.setWidths(widths);
            return table;
        }

        private void header(PdfPTable table, String... keys) {
            for (String key : keys) {
                cell(table, text(key), small);
            }
        }

        private void row(PdfPTable table, String label, String value) {
            cell(table, label, small);
            cell(table, value, plain);
        }

        private static void cell(PdfPTable table, String text, Font font) {
            framed(table, new PdfPCell(new Phrase(text, font)));
        }

        private static void framed(PdfPTable table, PdfPCell cell) {
            cell.setBorder(Rectangle.BOTTOM);
            cell.setBorderColor(LINE);
            cell.setPadding(4);
            table.addCell(cell);
        }

        private String org(UUID id) {
            return name(id, language);
        }

        private String text(String key) {
            return texts.getString(key);
        }

        private static String money(@Nullable Amount amount) {
            return amount == null ? "" : amount.amount() + " " + amount.currency();
        }

        private static String time(@Nullable Instant at) {
            return at == null ? "" : TIME.format(at.atZone(Liabilities.ZONE));
        }
    }
}
