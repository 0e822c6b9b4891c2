package org.yiqi.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Numbers of the counters that the areas use, so that theirs go on where the demo's end. */
final class DemoNumbers {

    private DemoNumbers() {}

    static List<String> draw(Connection c, String sequence, String format, int count) throws SQLException {
        List<String> numbers = new ArrayList<>();
        try (PreparedStatement s =
                c.prepareStatement("select nextval('" + sequence + "') from generate_series(1, ?)")) {
            s.setInt(1, count);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    numbers.add(String.format(format, rs.getLong(1)));
                }
            }
        }
        return numbers;
    }
}
