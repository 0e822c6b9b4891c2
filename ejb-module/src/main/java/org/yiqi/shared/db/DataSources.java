package org.yiqi.shared.db;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.annotation.sql.DataSourceDefinitions;
import jakarta.ejb.Singleton;

/** The two pools: the application's own role, and the role of background work, each with its own row-level policies. */
@DataSourceDefinitions({
    @DataSourceDefinition(
            name = "java:app/jdbc/yiqi",
            className = "${MPCONFIG=yiqi.db.class}",
            url = "${MPCONFIG=yiqi.db.url}",
            user = "${MPCONFIG=yiqi.db.user}",
            password = "${MPCONFIG=yiqi.db.password}",
            initialPoolSize = 2,
            minPoolSize = 2,
            maxPoolSize = 24),
    @DataSourceDefinition(
            name = "java:app/jdbc/yiqi-worker",
            className = "${MPCONFIG=yiqi.db.class}",
            url = "${MPCONFIG=yiqi.db.url}",
            user = "${MPCONFIG=yiqi.db.worker.user}",
            password = "${MPCONFIG=yiqi.db.worker.password}",
            initialPoolSize = 1,
            minPoolSize = 1,
            maxPoolSize = 8)
})
@Singleton
public class DataSources {}
