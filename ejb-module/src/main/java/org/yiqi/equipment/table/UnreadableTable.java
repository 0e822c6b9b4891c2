package org.yiqi.equipment.table;

/** The file as a whole is no table. */
public final class UnreadableTable extends RuntimeException {

    UnreadableTable(String message) {
        super(message);
    }

    UnreadableTable(String message, Throwable cause) {
        super(message, cause);
    }
}
