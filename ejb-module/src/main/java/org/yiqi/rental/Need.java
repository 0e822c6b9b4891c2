package org.yiqi.rental;

import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Period;

/**
 * What somebody is looking for.
 *
 * @param category the platform's category of devices, such as MRI
 * @param text part of a device's name or capability
 * @param region where it is to be used, a code of GB/T 2260
 * @param latitude of the place of use, with {@code longitude}; without them distances are from the middle of the region, or from
 *     the caller's organisation
 * @param uses how often it will be used
 */
public record Need(
        @Nullable String category,
        @Nullable String text,
        @Nullable String region,
        @Nullable Double latitude,
        @Nullable Double longitude,
        Period period,
        int uses) {}
