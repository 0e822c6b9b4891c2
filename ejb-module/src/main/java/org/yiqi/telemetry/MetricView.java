package org.yiqi.telemetry;

import java.io.Serializable;

/** A metric that devices may report. {@code unit} is UCUM. */
public record MetricView(String name, String nameZh, String nameEn, String unit) implements Serializable {}
