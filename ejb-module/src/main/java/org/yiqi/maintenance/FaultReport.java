package org.yiqi.maintenance;

import java.util.List;

/** What somebody without a login reports after scanning a unit's label. */
public record FaultReport(String label, Symptom symptom, String description, boolean danger, List<Attachment> photos) {

    public FaultReport {
        photos = List.copyOf(photos);
    }
}
