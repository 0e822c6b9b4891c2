package org.yiqi.procurement;

import java.time.LocalDate;

/** A department says what it lacks, and why. */
public record RaiseNeed(
        String department, String category, String title, int quantity, String reason, LocalDate wantedBy) {}
