package org.yiqi.shared.tenancy;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells PostgreSQL for whom the transaction works. The settings are local to the transaction, and the container hands the
 * same connection to everything in it, so JPA's statements see them too.
 */
@Secured
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class TenancyInterceptor {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @AroundInvoke
    @Nullable
    Object around(InvocationContext context) throws Exception {
        YiqiPrincipal principal = caller.find();
        Scope scope = caller.scope();
        try (Connection c = dataSource.getConnection()) {
            apply(c, principal == null ? "" : principal.orgId().toString(), scope);
        }
        return context.proceed();
    }

    /** Also used by workers and tests that hold a connection of their own. */
    public static void apply(Connection c, String orgId, Scope scope) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select set_config('yiqi.org', ?, true), set_config('yiqi.scope', ?, true)")) {
            s.setString(1, orgId);
            s.setString(2, scope == Scope.ANONYMOUS ? "" : scope.name());
            s.execute();
        }
    }
}
