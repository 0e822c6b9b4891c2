package org.yiqi.procurement;

/** One line of a specification: what is asked for, and how much of it. */
public record Parameter(String name, String value) {}
