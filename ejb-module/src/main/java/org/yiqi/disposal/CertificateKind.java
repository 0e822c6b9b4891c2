package org.yiqi.disposal;

/** What has to be proven before a unit leaves. */
public enum CertificateKind {
    WIPE,
    DECONTAMINATION,
    SOURCE_REMOVAL
}
