package org.yiqi.shared;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** JPA that joins the transaction of {@link TestServices}, which alone begins and ends it, as the container does. */
public final class TestPersistence {

    private static final Set<String> ENDS = Set.of("commit", "rollback", "setAutoCommit", "close");

    private final TestServices services;
    private final EntityManager em;

    public TestPersistence(TestServices services, YiqiPrincipal who) {
        this.services = services;
        Map<String, Object> settings = new HashMap<>();
        settings.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        settings.put("jakarta.persistence.nonJtaDataSource", withoutEnds(services.get(DataSource.class)));
        settings.put("jakarta.persistence.jtaDataSource", "");
        settings.put("eclipselink.jdbc.exclusive-connection.mode", "Always");
        settings.put("eclipselink.transaction.join-existing", "true");
        em = services.as(who, () -> Persistence.createEntityManagerFactory("yiqi", settings)
                .createEntityManager());
        services.with(EntityManager.class, em);
    }

    /** For services that were made before. */
    public EntityManager em() {
        return em;
    }

    /** Runs work in one transaction of both. */
    public <R> R as(YiqiPrincipal who, Callable<R> work) {
        return services.as(who, () -> {
            em.getTransaction().begin();
            try {
                R result = work.call();
                em.getTransaction().commit();
                return result;
            } catch (Exception e) {
                em.getTransaction().rollback();
                throw e;
            } finally {
                em.clear();
            }
        });
    }

    private static DataSource withoutEnds(DataSource joined) {
        ClassLoader loader = TestPersistence.class.getClassLoader();
        return (DataSource) Proxy.newProxyInstance(loader, new Class<?>[] {DataSource.class}, (self, method, args) -> {
            if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.getName());
            }
            Connection c = joined.getConnection();
            return Proxy.newProxyInstance(loader, new Class<?>[] {Connection.class}, (proxy, m, a) -> {
                if (ENDS.contains(m.getName())) {
                    return null;
                }
                try {
                    return m.invoke(c, a);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        });
    }
}
