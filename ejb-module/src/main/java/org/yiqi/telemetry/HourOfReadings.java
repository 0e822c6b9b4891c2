package org.yiqi.telemetry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.yiqi.contract.SealedReading;

/** All readings of a device in an hour, in the order of the hour's tree. */
public final class HourOfReadings {

    private HourOfReadings() {}

    /** On a connection that sees the device. */
    public static List<SealedReading> read(Connection c, UUID device, Instant hour) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select m.name, r.at, r.value from telemetry.reading r join telemetry.metric m on m.id = r.metric_id
                where r.device_id = ? and r.at >= ? and r.at < ? order by r.at, r.metric_id""")) {
            s.setObject(1, device);
            s.setTimestamp(2, Timestamp.from(hour));
            s.setTimestamp(3, Timestamp.from(hour.plus(Duration.ofHours(1))));
            List<SealedReading> readings = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    readings.add(new SealedReading(
                            device, rs.getString(1), rs.getTimestamp(2).toInstant(), rs.getDouble(3)));
                }
            }
            return readings;
        }
    }
}
