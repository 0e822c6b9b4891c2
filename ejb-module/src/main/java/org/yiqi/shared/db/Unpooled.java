package org.yiqi.shared.db;

import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections outside the server's pools: for threads that keep one of their own, and for what has no server around it. */
public final class Unpooled {

    private Unpooled() {}

    /**
     * Each connection that it gives is a new one, in nobody's transaction.
     *
     * @param name what the database's administrator sees it as
     */
    public static PGSimpleDataSource database(
            @Nullable String url, @Nullable String user, @Nullable String password, String name) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        database.setApplicationName(name);
        return database;
    }
}
