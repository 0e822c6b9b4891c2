package org.yiqi.maintenance;

/** How a device protects against electric shock: by an earth wire, by double insulation, or by having no mains. */
public enum ProtectionClass {
    I,
    II,
    INTERNALLY_POWERED
}
