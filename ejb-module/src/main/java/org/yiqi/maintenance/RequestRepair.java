package org.yiqi.maintenance;

import java.util.List;
import java.util.UUID;

/** A person asks for a repair. {@code danger} stops the unit at once. */
public record RequestRepair(UUID unitId, Symptom symptom, String description, boolean danger, List<Attachment> files) {

    public RequestRepair {
        files = List.copyOf(files);
    }
}
