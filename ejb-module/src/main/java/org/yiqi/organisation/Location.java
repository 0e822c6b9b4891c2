package org.yiqi.organisation;

/** A point on the globe, in degrees. */
public record Location(double latitude, double longitude) {}
