package org.yiqi.equipment;

/** What a document shows. */
public enum DocumentKind {
    PHOTO,
    MANUAL,
    CERTIFICATE,
    REPORT,
    OTHER
}
