package org.yiqi.equipment.gudid;

/** A record lacks what a model cannot do without. */
final class IncompleteRecord extends RuntimeException {
    IncompleteRecord(String message) {
        super(message);
    }
}
