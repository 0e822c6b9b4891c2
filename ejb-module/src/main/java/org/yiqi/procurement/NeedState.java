package org.yiqi.procurement;

/** What became of a department's need. */
public enum NeedState {
    OPEN,
    PLANNED,
    DECLINED
}
