package org.yiqi.rental;

import org.yiqi.shared.Money;

/** From the {@code firstUse}th use of a rental on, each use costs {@code price}, until the next tier begins. */
public record UseTier(int firstUse, Money price) {}
