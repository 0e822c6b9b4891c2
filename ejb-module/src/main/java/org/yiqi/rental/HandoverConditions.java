package org.yiqi.rental;

import java.time.LocalDate;

/**
 * What must hold on the lessee's side before a unit is handed over.
 *
 * @param category of the unit
 * @param operatorCertified whether somebody of the lessee is proved able to operate it on the day
 */
public record HandoverConditions(String category, LocalDate day, boolean operatorCertified) {}
