package org.yiqi.oversight;

import java.time.Instant;
import java.time.LocalDate;

/** One class of risk of an inspection by sample: its population, what was drawn of it and what was found. */
public record OpenInspection(
        String number,
        String title,
        String authorityZh,
        String authorityEn,
        String region,
        String category,
        Instant drawnAt,
        LocalDate dueOn,
        String deviceClass,
        int population,
        int sampleSize,
        long inspected,
        long conforming,
        long findings,
        long notFound,
        String commitment,
        String seed,
        String word) {}
