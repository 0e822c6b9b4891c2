package org.yiqi.disposal;

/** How data was made unreadable, by NIST SP 800-88. */
public enum WipeMethod {
    CLEAR,
    PURGE,
    DESTROY
}
