package org.yiqi.shared.db;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.annotation.sql.DataSourceDefinitions;
import jakarta.ejb.Singleton;

/**
 * The two pools: the application's own role, and the role of background work, each with its own row-level policies.
 *
 * <p>They are XA sources although each transaction uses one: only then does the server share a connection that is in use, so
 * that JPA and JDBC work on one connection. With plain sources each transaction held two, and many requests at once waited for
 * each other's for ever. The class is written out because the server chooses the kind of pool before configuration is read.
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
