package org.yiqi.shared.db;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.annotation.sql.DataSourceDefinitions;
import jakarta.ejb.Singleton;

/**
 * The two pools: the application's own role, and the role of background work, each with its own row-level policies.
 *
 * <p>XA sources, because only then does the server hand a connection that is in use to the rest of its transaction: with
 * plain ones JPA and JDBC would each hold one, and a rush of requests would wait for each other for ever. The class is
 * written out, since the server decides by it what kind of source this is before it reads the configuration.
 */
@DataSourceDefinitions({
    @DataSourceDefinition(
            name = "java:app/jdbc/yiqi",
            className = "org.postgresql.xa.PGXADataSource",
            url = "${MPCONFIG=yiqi.db.url}",
            user = "${MPCONFIG=yiqi.db.user}",
            password = "${MPCONFIG=yiqi.db.password}",
            initialPoolSize = 2,
            minPoolSize = 2,
            maxPoolSize = 24),
    @DataSourceDefinition(
            name = "java:app/jdbc/yiqi-worker",
            className = "org.postgresql.xa.PGXADataSource",
            url = "${MPCONFIG=yiqi.db.url}",
            user = "${MPCONFIG=yiqi.db.worker.user}",
            password = "${MPCONFIG=yiqi.db.worker.password}",
            initialPoolSize = 1,
            minPoolSize = 1,
            maxPoolSize = 8)
})
@Singleton
public class DataSources {}
