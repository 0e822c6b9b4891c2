package org.yiqi.shared;

import jakarta.annotation.Resource;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * Services on a real database without a container: fills injected fields by type, gives each {@link #as} call one
 * transaction with the tenant context of its caller, and keeps the events that were fired.
 */
public final class TestServices {

    private static final ThreadLocal<@Nullable Connection> TRANSACTION = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable YiqiPrincipal> PRINCIPAL = new ThreadLocal<>();

    private final TestDatabase db;
    private final Map<Class<?>, Object> made = new HashMap<>();
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private final TestClock clock = new TestClock();

    public TestServices(TestDatabase db) {
        this.db = db;
        made.put(Clock.class, clock);
        made.put(Caller.class, new TestCaller());
        made.put(DataSource.class, joiningDataSource());
    }

    /** Puts an instance in place of what would be made, such as a service of another area. */
    public <T> TestServices with(Class<T> type, T instance) {
        made.put(type, instance);
        return this;
    }

    public <T> T get(Class<T> type) {
        return type.cast(make(type));
    }

    public TestClock clock() {
        return clock;
    }

    /** The events fired so far, rolled back or not. */
    public List<Object> events() {
        return events;
    }

    /** Runs work in one transaction as a member of an organisation who has all of its roles. */
    public <R> R as(UUID org, Callable<R> work) {
        return as(new YiqiPrincipal("tester", Ids.next(), org, Scope.MEMBER, Set.copyOf(Roles.OF_PEOPLE)), work);
    }

    public <R> R asScope(Scope scope, Callable<R> work) {
        return as(new YiqiPrincipal("tester", Ids.next(), Ids.next(), scope, Set.copyOf(Roles.OF_PEOPLE)), work);
    }

    public <R> R as(YiqiPrincipal who, Callable<R> work) {
        try (Connection c = db.as("app").getConnection()) {
            c.setAutoCommit(false);
            TenancyInterceptor.apply(c, who.orgId().toString(), who.scope());
            TRANSACTION.set(c);
            PRINCIPAL.set(who);
            try {
                R result = work.call();
                c.commit();
                return result;
            } catch (RuntimeException | SQLException e) {
                c.rollback();
                throw e;
            } finally {
                TRANSACTION.remove();
                PRINCIPAL.remove();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized Object make(Class<?> type) {
        Object existing = made.get(type);
        if (existing != null) {
            return existing;
        }
        if (type.isInterface()) {
            return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                throw new UnsupportedOperationException("Put a " + type.getSimpleName() + " in by with(...)");
            });
        }
        try {
            Constructor<?> constructor = constructorOf(type);
            constructor.setAccessible(true);
            Object instance = constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                    .map(this::wanted)
                    .toArray());
            made.put(type, instance);
            for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
                for (Field field : c.getDeclaredFields()) {
                    if (field.isAnnotationPresent(Inject.class)
                            || field.isAnnotationPresent(Resource.class)
                            || field.isAnnotationPresent(PersistenceContext.class)) {
                        field.setAccessible(true);
                        field.set(instance, wanted(field.getType()));
                    }
                }
            }
            return instance;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make " + type, e);
        }
    }

    private static Constructor<?> constructorOf(Class<?> type) throws NoSuchMethodException {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(Inject.class)) {
                return constructor;
            }
        }
        return type.getDeclaredConstructor();
    }

    /** Settings that nobody has to make are not made. */
    private Object wanted(Class<?> type) {
        if (type == Optional.class) {
            return Optional.empty();
        }
        return type == Event.class ? new Recorded<>() : make(type);
    }

    /** Hands out the transaction's connection and ignores its closing, as a container does within a transaction. */
    private DataSource joiningDataSource() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                    Connection c = TRANSACTION.get();
                    if (c == null || !method.getName().equals("getConnection")) {
                        throw new IllegalStateException("Only getConnection, and only within as(...)");
                    }
                    return Proxy.newProxyInstance(
                            getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, m, a) -> {
                                try {
                                    return m.getName().equals("close") ? null : m.invoke(c, a);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
                });
    }

    private static final class TestCaller extends Caller {
        @Override
        public @Nullable YiqiPrincipal find() {
            return PRINCIPAL.get();
        }
    }

    /** A clock that stands still until it is moved. */
    public static final class TestClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-22T08:00:00Z");

        public void set(Instant instant) {
            now = instant;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }

    private final class Recorded<T> implements Event<T> {
        @Override
        public void fire(T event) {
            events.add(event);
        }

        @Override
        public <U extends T> CompletionStage<U> fireAsync(U event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Event<T> select(Annotation... qualifiers) {
            return this;
        }

        @Override
        public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
            return new Recorded<>();
        }

        @Override
        public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            return new Recorded<>();
        }
    }
}
