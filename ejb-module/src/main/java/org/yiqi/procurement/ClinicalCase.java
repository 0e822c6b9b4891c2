package org.yiqi.procurement;

/**
 * Where a product is at work and with what result, in the supplier's words. No word of a patient.
 *
 * @param reference a paper or a page that tells more; may be empty
 */
public record ClinicalCase(String site, int year, String summary, String reference) {}
