package org.yiqi.procurement;

import org.yiqi.shared.Money;

/**
 * A part of a tender that is awarded by itself.
 *
 * @param code letters, digits and hyphens, at most 20, unique in the tender
 * @param ceiling the most that the lot may cost
 */
public record Lot(String code, String title, String category, int quantity, Money ceiling) {}
