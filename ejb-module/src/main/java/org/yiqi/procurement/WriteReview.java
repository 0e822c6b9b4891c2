package org.yiqi.procurement;

/** A judgement on a product: stars from 1 to 5 on the whole, for the device and for the supplier's service, and why. */
public record WriteReview(int stars, int quality, int service, String text) {}
