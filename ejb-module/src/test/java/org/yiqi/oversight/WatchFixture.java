package org.yiqi.oversight;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.yiqi.ledger.Finding;
import org.yiqi.shared.TestDatabase;

/** The watch over the ledger, as its runner would call it. */
public final class WatchFixture {

    private WatchFixture() {}

    public static List<Finding> pass(TestDatabase db, Path dataDir) throws SQLException {
        return new Watch(db.as("worker"), Clock.systemUTC(), dataDir).pass();
    }
}
