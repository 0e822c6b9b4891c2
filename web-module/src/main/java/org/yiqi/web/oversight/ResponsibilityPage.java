package org.yiqi.web.oversight;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.DocumentView;
import org.yiqi.equipment.Documents;
import org.yiqi.oversight.Covers;
import org.yiqi.oversight.RecordCover;
import org.yiqi.oversight.Responsibilities;
import org.yiqi.oversight.ResponsibilityEdge;
import org.yiqi.oversight.ResponsibilityKind;
import org.yiqi.oversight.ResponsibilityView;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.Language;

/** Who is responsible for a unit, over time and at a moment; its owner puts contracts and policies on record here. */
@Named
@ViewScoped
public class ResponsibilityPage implements Serializable {

    private static final List<ResponsibilityKind> COVERS =
            List.of(ResponsibilityKind.MAINTENANCE, ResponsibilityKind.INSURANCE);

    @Inject
    Responsibilities responsibilities;

    @Inject
    Covers covers;

    @Inject
    Documents documents;

    @Inject
    Clock clock;

    @Inject
    Language language;

    private String unit = "";
    private @Nullable String at;
    private boolean unreadable;
    private @Nullable ResponsibilityView view;
    private List<DocumentView> files = List.of();
    private ResponsibilityKind kind = ResponsibilityKind.MAINTENANCE;
    private String provider = "";
    private String number = "";
    private @Nullable LocalDateTime from;
    private @Nullable LocalDateTime until;
    private String document = "";

    public void open() {
        Instant instant = clock.instant();
        if (at != null) {
            try {
                instant = LocalDateTime.parse(at.strip().replace(' ', 'T'))
                        .atZone(Formats.ZONE)
                        .toInstant();
            } catch (DateTimeParseException e) {
                unreadable = true;
            }
        }
        view = responsibilities.at(uuid(), instant);
        files = documents.of(uuid());
    }

    private UUID uuid() {
        try {
            return UUID.fromString(unit);
        } catch (IllegalArgumentException e) {
            throw new NotFound("equipment.unit-not-found", "No such unit", e);
        }
    }

    public String record() {
        LocalDateTime begin = from;
        LocalDateTime end = until;
        if (begin == null || end == null) {
            return "";
        }
        covers.record(new RecordCover(
                uuid(),
                kind,
                organisation(),
                organisation() == null ? provider : null,
                number,
                begin.atZone(Formats.ZONE).toInstant(),
                end.atZone(Formats.ZONE).toInstant(),
                document.isEmpty() ? null : UUID.fromString(document)));
        return here();
    }

    /** An organisation of the platform is named by its id, any other by its name. */
    private @Nullable UUID organisation() {
        try {
            return UUID.fromString(provider.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public String end(UUID cover) {
        covers.end(cover);
        return here();
    }

    private String here() {
        return "/oversight/responsibility?faces-redirect=true&unit=" + uuid();
    }

    /** Whether it can be ended yet. */
    public boolean runs(ResponsibilityEdge edge) {
        Instant to = edge.to();
        return edge.coverId() != null && to != null && to.isAfter(clock.instant());
    }

    public List<ResponsibilityEdge> lane(ResponsibilityKind lane) {
        return found().edges().stream().filter(edge -> edge.kind() == lane).toList();
    }

    /** Where an instant stands between the unit's registration and now, or the last end that is known, in percent. */
    public double share(@Nullable Instant instant) {
        Instant first = found().edges().stream()
                .map(ResponsibilityEdge::from)
                .min(Instant::compareTo)
                .orElse(found().at());
        Instant last = clock.instant();
        for (ResponsibilityEdge edge : found().edges()) {
            Instant to = edge.to();
            last = to != null && to.isAfter(last) ? to : last;
        }
        double whole = Math.max(1, Duration.between(first, last).toSeconds());
        double part = Duration.between(first, instant == null ? last : instant).toSeconds();
        return Math.min(100, Math.max(0, 100 * part / whole));
    }

    public String name() {
        return language.getTag().startsWith("en") ? found().nameEn() : found().nameZh();
    }

    public String who(ResponsibilityEdge edge) {
        return edge.in(language.getTag());
    }

    private ResponsibilityView found() {
        ResponsibilityView found = view;
        if (found == null) {
            throw new NotFound("equipment.unit-not-found", "No such unit");
        }
        return found;
    }

    public ResponsibilityView getView() {
        return found();
    }

    public List<ResponsibilityKind> getLanes() {
        return List.of(ResponsibilityKind.values());
    }

    public List<ResponsibilityKind> getCovers() {
        return COVERS;
    }

    public List<DocumentView> getFiles() {
        return files;
    }

    public boolean isUnreadable() {
        return unreadable;
    }

    public String getUnit() {
        return unit;
    }

    public void setUnit(@Nullable String unit) {
        this.unit = unit == null ? "" : unit;
    }

    public @Nullable String getAt() {
        return at;
    }

    public void setAt(@Nullable String at) {
        this.at = at == null || at.isBlank() ? null : at;
    }

    public ResponsibilityKind getKind() {
        return kind;
    }

    public void setKind(ResponsibilityKind kind) {
        this.kind = kind;
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(@Nullable String provider) {
        this.provider = provider == null ? "" : provider;
    }

    public String getNumber() {
        return number;
    }

    public void setNumber(@Nullable String number) {
        this.number = number == null ? "" : number;
    }

    public @Nullable LocalDateTime getFrom() {
        return from;
    }

    public void setFrom(@Nullable LocalDateTime from) {
        this.from = from;
    }

    public @Nullable LocalDateTime getUntil() {
        return until;
    }

    public void setUntil(@Nullable LocalDateTime until) {
        this.until = until;
    }

    public String getDocument() {
        return document;
    }

    public void setDocument(@Nullable String document) {
        this.document = document == null ? "" : document;
    }
}
