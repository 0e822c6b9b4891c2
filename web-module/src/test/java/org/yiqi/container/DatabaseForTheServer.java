package org.yiqi.container;

import java.nio.file.Path;
import java.util.Base64;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.yiqi.shared.TestDatabase;

/** Starts the test database before the server and tells the server where it is (see arquillian.xml). */
public final class DatabaseForTheServer implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Unit tests of this module need neither database nor server.
        if (!Boolean.getBoolean("yiqi.test.container")) {
            return;
        }
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        System.setProperty(
                "yiqi.test.options",
                String.join(
                        " ",
                        "-Dyiqi.db.url=" + TestDatabase.get().url(),
                        "-Dyiqi.db.password=test",
                        "-Dyiqi.db.worker.password=test",
                        "-Dyiqi.db.owner.password=test",
                        "-Dyiqi.broker.password=test",
                        // Nothing listens there: the application must start without its broker.
                        "-Dyiqi.broker.url=tcp://127.0.0.1:1",
                        "-Dyiqi.key-encryption-key=" + key,
                        "-Dyiqi.device-secret-key=" + key,
                        "-Dyiqi.data.dir=" + Path.of("target", "data").toAbsolutePath(),
                        "-Dyiqi.demo=false",
                        "-Duser.timezone=UTC"));
    }
}
