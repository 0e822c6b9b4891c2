package org.yiqi.organisation;

import java.time.LocalDate;
import java.util.UUID;

/** What a person of the organisation can operate, and until when that is proved. */
public record CompetenceView(
        UUID id,
        long version,
        UUID personId,
        String personName,
        String category,
        String certificate,
        LocalDate validFrom,
        LocalDate validTo) {}
