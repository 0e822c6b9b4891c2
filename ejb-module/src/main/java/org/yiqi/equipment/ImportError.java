package org.yiqi.equipment;

/** A row that was left out: where it stands, what it calls itself, and which rule it breaks. */
public record ImportError(int line, String key, String code, String message) {}
