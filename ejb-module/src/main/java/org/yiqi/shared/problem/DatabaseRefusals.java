package org.yiqi.shared.problem;

import jakarta.persistence.OptimisticLockException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The one table from a database constraint's name to the code of the refusal that it stands for. */
public final class DatabaseRefusals {

    private static final Map<String, String> CODES = new ConcurrentHashMap<>();

    private DatabaseRefusals() {}

    /** An area names its constraints once, when it starts. */
    public static void register(String constraint, String code) {
        CODES.put(constraint, code);
    }

    /** The refusal behind an exception from the persistence layer, or null when it is a fault of ours. */
    public static @Nullable BusinessException in(@Nullable Throwable thrown) {
        for (Throwable t = thrown; t != null && t != t.getCause(); t = t.getCause()) {
            if (t instanceof BusinessException refusal) {
                return refusal;
            }
            if (t instanceof OptimisticLockException
                    || t.getClass().getSimpleName().equals("OptimisticLockException")) {
                return new StaleVersion();
            }
            if (t instanceof PSQLException e) {
                return ofDatabase(e);
            }
        }
        return null;
    }

    private static @Nullable BusinessException ofDatabase(PSQLException e) {
        ServerErrorMessage message = e.getServerErrorMessage();
        String constraint = message == null ? null : message.getConstraint();
        String code = constraint == null ? null : CODES.get(constraint);
        if (code != null) {
            return new Conflict(code, "Refused by " + constraint, e);
        }
        return switch (String.valueOf(e.getSQLState())) {
            case "23505" -> new Conflict("shared.already-exists", "This exists already", e);
            case "23P01", "40001", "40P01", "55P03" -> new Conflict("shared.lost-race", "Another change came first", e);
            default -> null;
        };
    }
}
