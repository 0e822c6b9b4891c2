package org.yiqi.disposal;

import org.yiqi.shared.Money;

/**
 * One of the ways out with what it brings.
 *
 * @param open whether the rules allow it for this unit
 * @param rule the rule that opened or closed it, a code
 * @param carbonKg kg CO2e that it spares
 * @param source where its figures come from
 */
public record WayOut(Way way, int position, boolean open, String rule, Money value, long carbonKg, String source) {}
