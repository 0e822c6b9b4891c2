package org.yiqi.procurement;

/** How far the judging of a tender has come. */
public enum EvaluationState {
    /** The panel is drawn; who is invited accepts or declines. */
    PANEL,
    /** Everybody scores alone; nobody sees another's sheet. */
    SCORING,
    /** All sheets are locked; points far from the others' wait for their explanation. */
    EXPLAINING,
    /** All is said; the buyer signs. */
    JUDGED,
    /** What qualified is signed and the price envelopes may be opened. */
    QUALIFIED,
    /** Prices are open; abnormally low ones are asked about. */
    PRICED,
    /** The ranking is signed and published. */
    RANKED,
    /** Every lot is awarded or failed. */
    DECIDED;

    /** Whether sheets show to others than who wrote them. */
    public boolean shows() {
        return compareTo(SCORING) > 0;
    }
}
