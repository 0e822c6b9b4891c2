package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;

/**
 * What a device is called in the reader's language, for pages about things that keep its Chinese name alone:
 * {@code #{devices.name(order.unit().id(), order.unit().modelName())}}. Asked once a request, and for Chinese not at all.
 */
@Named("devices")
@RequestScoped
public class DeviceNames {

    @Inject
    Units units;

    @Inject
    Language language;

    private final Map<UUID, String> known = new HashMap<>();

    /** @param kept the name that is shown where the reader does not see the device itself */
    public String name(UUID unit, String kept) {
        return language.get() == Lang.ZH ? kept : known.computeIfAbsent(unit, id -> ask(id, kept));
    }

    private String ask(UUID unit, String kept) {
        return units
                .list(new ListQuery(1, 0, null, List.of(), null, Map.of("id", List.of(unit.toString()))))
                .items()
                .stream()
                .map(found -> found.modelName(language.getTag()))
                .findFirst()
                .orElse(kept);
    }
}
