package org.yiqi.oversight;

/** How grave the harm is that a recalled product can do; it decides how soon those concerned must be told. */
public enum RecallClass {
    /** Grave harm, or death. */
    I,
    /** Harm that passes or can be healed. */
    II,
    /** Harm is unlikely. */
    III
}
