package org.yiqi.tools.sign;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.contract.Act;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Party;
import org.yiqi.contract.Subject;
import org.yiqi.tools.Texts;

/** Says an act in words: what it is, who takes part, when, and what the signature means. Names are the platform's word. */
final class ActWords {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private final PlatformClient platform;
    private final Texts texts;
    private final boolean zh;
    private final ZoneId zone;
    private final Map<UUID, String> names = new HashMap<>();

    ActWords(PlatformClient platform, Texts texts, boolean zh, ZoneId zone) {
        this.platform = platform;
        this.texts = texts;
        this.zh = zh;
        this.zone = zone;
    }

    String title(Act act) {
        return texts.textOr("type." + act.type(), act.type());
    }

    /** One line for each thing that the signature covers. */
    List<String> lines(Act act, String digest) throws IOException {
        List<String> lines = new ArrayList<>();
        line(lines, "what", title(act) + " (" + act.type() + ")");
        line(lines, "about", subject(act.subject()));
        for (Party party : act.parties()) {
            line(lines, "role." + party.role().name(), name(party.org()));
        }
        line(lines, "when", time(act.occurredAt()));
        act.body().forEach((name, value) -> line(lines, "body." + name, String.valueOf(value)));
        for (Evidence evidence : act.evidence()) {
            line(lines, "evidence", evidence.name() + " " + evidence.algorithm() + " " + evidence.digest());
        }
        line(lines, "follows", act.previous() == null ? texts.text("follows.nothing") : act.previous());
        line(lines, "digest", digest);
        String means = "MANAGED".equals(act.body().get("custody"))
                ? texts.text("means.managed-key")
                : texts.textOr("means." + act.type(), texts.text("means"));
        line(lines, "meaning", means);
        return lines;
    }

    private void line(List<String> lines, String label, String value) {
        String name = texts.textOr(label, label.substring(label.indexOf('.') + 1));
        lines.add("  " + name + ": " + printable(value));
    }

    /** A name that an attacker chose must not move the cursor or turn the line around. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String subject(Subject subject) throws IOException {
        boolean unit = subject.kind() == Subject.Kind.CUSTODY || subject.kind() == Subject.Kind.HOLDS;
        if (subject.kind() == Subject.Kind.ORGANISATION) {
            return name(subject.id());
        }
        Optional<String> called = unit ? platform.unit(subject.id(), zh) : Optional.empty();
        return called.map(name -> name + " (" + subject + ")").orElse(subject.toString());
    }

    private String name(UUID org) throws IOException {
        String known = names.get(org);
        if (known == null) {
            known = platform.organisation(org, zh)
                    .map(name -> name + " (" + org + ")")
                    .orElse(org.toString());
            names.put(org, known);
        }
        return known;
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone)) + " (" + at + ")";
    }
}
