package org.yiqi.web.telemetry;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.telemetry.DeadLetterView;
import org.yiqi.telemetry.DeadLetters;
import org.yiqi.web.shell.ListPage;

/** The list of messages that could not be taken in. */
@Named
@RequestScoped
public class DeadLettersView extends ListPage<DeadLetterView> {

    @Inject
    DeadLetters letters;

    @Inject
    Units units;

    private @Nullable String replayed;
    private final Map<UUID, String> devices = new HashMap<>();

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("replayed", replayed);
        return filters;
    }

    @Override
    protected Page<DeadLetterView> find(ListQuery query) {
        Page<DeadLetterView> page = letters.list(query);
        List<String> ids = page.items().stream()
                .map(DeadLetterView::unitId)
                .filter(Objects::nonNull)
                .distinct()
                .map(UUID::toString)
                .toList();
        if (!ids.isEmpty()) {
            ListQuery named = new ListQuery(ListQuery.MAX_LIMIT, 0, null, List.of(), null, Map.of("id", ids));
            for (UnitRow unit : units.list(named).items()) {
                devices.put(unit.id(), unit.modelName(language.getTag()) + " · " + unit.assetTag());
            }
        }
        return page;
    }

    @Override
    protected List<Column<DeadLetterView>> columns() {
        return List.of(
                column("telemetry.f.receivedAt", DeadLetterView::receivedAt),
                column("telemetry.f.why", d -> texts.get("telemetry.reason." + d.reason())),
                column("telemetry.f.detail", DeadLetterView::detail),
                column("telemetry.f.payload", DeadLetterView::payload),
                column("telemetry.f.unit", this::device),
                column("telemetry.f.replayed", DeadLetterView::replayedAt));
    }

    /** The device that sent it, as people call it; its id where it is none of the reader's. */
    public String device(DeadLetterView letter) {
        UUID unit = letter.unitId();
        return unit == null ? "" : devices.getOrDefault(unit, unit.toString());
    }

    /** Sends the message again that the pressed button was made for. */
    public String replay() {
        try {
            letters.replay(UUID.fromString(String.valueOf(Faces.getRequestParameter("letter"))));
        } catch (IllegalArgumentException e) {
            throw new NotFound("telemetry.dead-letter-not-found", "No such message");
        }
        return "/telemetry/dead-letters?faces-redirect=true";
    }

    public @Nullable String getReplayed() {
        return replayed;
    }

    public void setReplayed(@Nullable String replayed) {
        this.replayed = replayed;
    }
}
