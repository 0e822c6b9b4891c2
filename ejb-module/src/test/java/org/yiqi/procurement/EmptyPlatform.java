package org.yiqi.procurement;

import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.yiqi.shared.TestDatabase;

/** A database of a test class's own, with a platform and a regulator and nobody else. */
final class EmptyPlatform implements BeforeAllCallback, AfterAllCallback {

    TestDatabase db;
    UUID regulator;

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        db = TestDatabase.empty();
        db.organisation("PLATFORM");
        regulator = db.organisation("REGULATOR");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        db.stop();
    }
}
