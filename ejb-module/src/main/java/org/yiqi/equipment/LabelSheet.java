package org.yiqi.equipment;

/** What labels are printed on. */
public enum LabelSheet {
    /** A4 with 24 labels of 70 by 37 mm. */
    A4_24,
    /** One label of 62 by 29 mm a page, for label printers. */
    ROLL_62
}
