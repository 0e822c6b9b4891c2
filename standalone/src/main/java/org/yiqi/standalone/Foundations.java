package org.yiqi.standalone;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.yiqi.standalone.broker.DeviceCredentials;
import org.yiqi.standalone.broker.DeviceSecurity;

/** What any application server with Yiqi stands on here: the database, the broker, and the settings that lead to both. */
final class Foundations {

    private Foundations() {}

    /** {@code home} holds the distribution, {@code config} the operator's files, {@code roles.sql} among them. */
    static Database startDatabase(Path home, Path config, DataFolder data, Ports ports, Secrets secrets)
            throws Exception {
        Database database = Database.start(home, data, secrets, ports.postgres());
        try {
            database.prepare(config.resolve("postgres"), secrets);
            return database;
        } catch (Exception failed) {
            database.close();
            throw failed;
        }
    }

    static Broker startBroker(DataFolder data, Ports ports, Secrets secrets) throws Exception {
        DeviceCredentials devices = new DeviceCredentials(
                Database.url(ports.postgres()),
                "yiqi_broker",
                secrets.get("db.broker"),
                secrets.get("device-secret-key"));
        DeviceSecurity security =
                new DeviceSecurity(Broker.APPLICATION_USER, secrets.get("broker.application"), devices);
        return Broker.start(data, ports, security);
    }

    /** The settings by the names that {@code config/payara/yiqi.settings.example} explains. */
    static Map<String, String> settings(DataFolder data, Ports ports, Secrets secrets, boolean demo) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("yiqi.db.url", Database.url(ports.postgres()));
        settings.put("yiqi.db.user", "yiqi_app");
        settings.put("yiqi.db.password", secrets.get("db.app"));
        settings.put("yiqi.db.worker.user", "yiqi_worker");
        settings.put("yiqi.db.worker.password", secrets.get("db.worker"));
        settings.put("yiqi.db.owner.user", "yiqi_owner");
        settings.put("yiqi.db.owner.password", secrets.get("db.owner"));
        settings.put("yiqi.broker.url", "tcp://127.0.0.1:" + ports.core());
        settings.put("yiqi.broker.user", Broker.APPLICATION_USER);
        settings.put("yiqi.broker.password", secrets.get("broker.application"));
        settings.put("yiqi.key-encryption-key", secrets.get("key-encryption-key"));
        secrets.find("previous-key-encryption-key")
                .ifPresent(key -> settings.put("yiqi.previous-key-encryption-key", key));
        settings.put("yiqi.device-secret-key", secrets.get("device-secret-key"));
        settings.put("yiqi.data.dir", data.root().toString());
        settings.put("yiqi.demo", String.valueOf(demo));
        // All of it is on this machine, so a receiver of webhooks may be, too.
        settings.put("yiqi.webhook.private-networks", "true");
        settings.put("yiqi.public-url", "http://localhost:" + ports.http());
        return settings;
    }

    /** The same as environment variables, as MicroProfile Config looks them up. */
    static Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new LinkedHashMap<>();
        settings.forEach(
                (key, value) -> environment.put(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
        return environment;
    }
}
