package org.yiqi.oversight;

import java.util.UUID;

/** A unit that fits what was typed or scanned. */
public record UnitMatch(UUID id, String nameZh, String nameEn, String manufacturer, String serial, String assetTag) {}
