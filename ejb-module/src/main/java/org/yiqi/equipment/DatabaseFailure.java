package org.yiqi.equipment;

import java.sql.SQLException;

/** The database refused or did not answer; its cause says whether a constraint stands behind it. */
final class DatabaseFailure extends RuntimeException {
    DatabaseFailure(SQLException cause) {
        super(cause);
    }
}
