package org.yiqi.equipment;

import java.util.UUID;
import org.yiqi.shared.Period;

/** Someone is about to take a unit's time. An observer that must prevent it throws a refusal. */
public record BookingRequested(UUID unitId, Period period, SlotUse use) {}
