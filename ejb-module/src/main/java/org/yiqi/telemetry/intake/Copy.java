package org.yiqi.telemetry.intake;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.yiqi.telemetry.domain.Reading;

/** PostgreSQL's binary COPY into a temporary table: nothing is formatted here or parsed there. */
final class Copy {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int ROW = 2 + 4 + 16 + 4 + 2 + 4 + 8 + 4 + 8;

    private Copy() {}

    /** Fills the transaction's staging table; PostgreSQL empties it at the commit. */
    static void stage(Connection c, Collection<Reading> readings) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("""
                    create temporary table if not exists staged_reading (device_id uuid, metric_id smallint, at timestamptz,
                      value double precision) on commit delete rows""");
        }
        ByteBuffer rows = ByteBuffer.allocate(SIGNATURE.length + 8 + ROW * readings.size() + 2);
        rows.put(SIGNATURE).putInt(0).putInt(0);
        for (Reading reading : readings) {
            rows.putShort((short) 4);
            rows.putInt(16)
                    .putLong(reading.deviceId().getMostSignificantBits())
                    .putLong(reading.deviceId().getLeastSignificantBits());
            rows.putInt(2).putShort(reading.metricId());
            rows.putInt(8).putLong(micros(reading.at()));
            rows.putInt(8).putDouble(reading.value());
        }
        rows.putShort((short) -1);
        CopyIn copy = c.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy pg_temp.staged_reading from stdin with (format binary)");
        try {
            copy.writeToCopy(rows.array(), 0, rows.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static long micros(Instant at) {
        return (at.getEpochSecond() - POSTGRES_EPOCH.getEpochSecond()) * 1_000_000 + at.getNano() / 1_000;
    }
}
