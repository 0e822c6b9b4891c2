package org.yiqi.rental;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.yiqi.shared.pdf.PdfReport;
import org.yiqi.shared.problem.NotFound;

/** Draws a case as a PDF, in Chinese or English: who, what, every piece of evidence with its digest, what it costs, the split. */
@ApplicationScoped
class LiabilityPdf {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> LANGUAGES = List.of("zh", "en");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

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
        private final PdfReport pdf;

        Drawing(LiabilityView seen, String language) {
            this.seen = seen;
            this.language = language;
            this.texts = ResourceBundle.getBundle(
                    "org.yiqi.rental.dossier",
                    language.equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            this.pdf = new PdfReport(text("title") + " " + seen.number(), text("notice"));
        }

        byte[] pdf() {
            report();
            parties();
            evidence();
            cost();
            seen.proposals().forEach(this::split);
            history();
            return pdf.bytes();
        }

        private void report() {
            pdf.heading(text("report"));
            PdfReport.Table table = pdf.table(1, 3);
            table.row(
                    text("unit"),
                    seen.unit().name(language) + " · " + seen.unit().assetTag());
            table.row(text("damage"), text("damage." + seen.damage()));
            table.row(text("description"), seen.description());
            table.row(text("harm"), text(seen.harm() ? "yes" : "no"));
            table.row(text("discovered"), time(seen.discoveredAt()));
            table.row(text("reported"), time(seen.reportedAt()) + " · " + org(seen.reporterOrg()));
            table.row(text("frozen"), time(seen.frozenAt()));
            table.row(text("act"), String.valueOf(seen.openedAct()));
            table.end();
        }

        private void parties() {
            pdf.heading(text("parties"));
            PdfReport.Table table = headed(pdf.table(2, 2, 5), "party", "roles", "statement");
            for (LiabilityView.Party party : seen.parties()) {
                table.cell(org(party.org()));
                table.cell(party.roles().stream().map(r -> text("role." + r)).collect(Collectors.joining(", ")));
                String said = party.statement();
                if (said != null) {
                    table.cell(said + "\n" + time(party.statedAt()));
                } else if (party.silentAt() != null) {
                    table.cell(text("silent") + " " + time(party.due()));
                } else {
                    table.cell(text("awaited"));
                }
            }
            table.end();
        }

        private void evidence() {
            pdf.heading(text("evidence"));
            PdfReport.Table table = headed(pdf.table(2, 7), "kind", "facts");
            for (LiabilityView.Evidence piece : seen.evidence()) {
                table.cell(text("kind." + piece.kind()) + "\n" + org(piece.org()) + "\n" + time(piece.at()));
                table.cell(
                        piece.facts().stream()
                                .map(fact -> text("fact." + fact.name()) + ": " + fact.value())
                                .toList(),
                        "SHA-256 " + piece.digest());
            }
            table.end();
        }

        private void cost() {
            LiabilityView.BookWorth worth = seen.worth();
            if (seen.assessments().isEmpty() && worth == null) {
                return;
            }
            pdf.heading(text("cost"));
            PdfReport.Table table = pdf.table(1, 3);
            for (LiabilityView.Assessment a : seen.assessments()) {
                table.row(
                        text("kind." + a.kind()) + " · " + org(a.org()),
                        a.repair() == null
                                ? text("awaited")
                                : money(a.repair()) + " − " + money(a.betterment()) + " " + text("betterment"));
            }
            if (worth != null) {
                table.row(
                        text("worth"),
                        money(worth.cost()) + " · " + worth.acquiredOn() + " · " + worth.lifeYears() + " "
                                + text("years") + " · " + worth.residualPercent() + " % → " + money(worth.value()));
            }
            if (seen.limit() != null) {
                table.row(text("limit"), money(seen.limit()));
            }
            table.end();
        }

        private void split(LiabilityView.Proposal split) {
            pdf.heading(text("split." + split.kind()) + " · " + text("splitState." + split.state()));
            pdf.paragraph(org(split.byOrg()) + " · " + time(split.at()) + " · " + money(split.amount()));
            if (!split.note().isEmpty()) {
                pdf.paragraph(split.note());
            }
            PdfReport.Table causes = headed(pdf.table(2, 1, 2, 4), "cause", "weight", "party", "reason");
            for (LiabilityView.Cause cause : split.causes()) {
                causes.cell(text("cause." + cause.cause()));
                causes.cell(Integer.toString(cause.weight()));
                causes.cell(org(cause.org()));
                causes.cell(cause.reason(language) + (cause.source().isEmpty() ? "" : " (" + cause.source() + ")"));
            }
            causes.end();
            PdfReport.Table shares = headed(pdf.table(4, 2, 2), "party", "share", "amount");
            for (LiabilityView.Part part : split.shares()) {
                shares.cell(org(part.org()));
                shares.cell(part.share());
                shares.cell(money(part.amount()));
            }
            shares.end();
        }

        private void history() {
            pdf.heading(text("history"));
            for (LiabilityView.Step step : seen.history()) {
                UUID by = step.org();
                pdf.line(time(step.at()) + "  " + text("state." + step.to()) + (by == null ? "" : " · " + org(by)));
            }
        }

        private PdfReport.Table headed(PdfReport.Table table, String... keys) {
            return table.header(Arrays.stream(keys).map(this::text).toArray(String[]::new));
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
