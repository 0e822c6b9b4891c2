package org.yiqi.shared.db;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date with the owner's credentials before anything else runs; the application's own role cannot
 * change the schema. Beans that need tables when they start say {@code @DependsOn("Migrations")}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {

    @Inject
    @ConfigProperty(name = "yiqi.db.url")
    String url;

    @Inject
    @ConfigProperty(name = "yiqi.db.owner.user")
    String owner;

    @Inject
    @ConfigProperty(name = "yiqi.db.owner.password")
    String password;

    @PostConstruct
    void migrate() {
        run(url, owner, password);
    }

    /** Also what tests call to get the real schema. */
    public static void run(String url, String owner, String password) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(url, owner, password)
                .locations("classpath:db/migration")
                .defaultSchema("flyway")
                .createSchemas(true)
                .validateMigrationNaming(true)
                // Areas number their own migrations, so a younger area may bring an older number.
                .outOfOrder(true)
                .load()
                .migrate();
    }
}
