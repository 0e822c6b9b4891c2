package org.yiqi.equipment;

/** A row of a table that cannot be taken, and why. */
final class RefusedRow extends RuntimeException {

    private final transient ImportError error;

    RefusedRow(ImportError error) {
        super(error.message());
        this.error = error;
    }

    ImportError error() {
        return error;
    }
}
