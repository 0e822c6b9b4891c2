package org.yiqi.disposal;

/** What keeps data in a device. */
public enum MediumKind {
    HARD_DISK,
    SOLID_STATE,
    FLASH_CARD,
    TAPE,
    OPTICAL,
    PAPER_FILM,
    EMBEDDED
}
