package org.yiqi.demo;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows of one table, written at once. PostgreSQL does not COPY into a table with row-level security, so the rows go into a
 * twin that has none, and from there into the table in one statement.
 */
final class DemoTable {

    private final String table;
    private final String columns;
    private final StringBuilder rows = new StringBuilder();

    /** @param columns with commas between them; each row has as many values */
    DemoTable(String table, String columns) {
        this.table = table;
        this.columns = columns;
    }

    void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                rows.append('\t');
            }
            Object value = values[i];
            if (value == null) {
                rows.append("\\N");
            } else if (value instanceof List<?> list) {
                escape(array(list));
            } else {
                escape(value.toString());
            }
        }
        rows.append('\n');
    }

    void write(Connection c) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String twin = "demo_" + table.replace('.', '_');
        try (Statement s = c.createStatement()) {
            s.execute("create temporary table " + twin + " on commit drop as select " + columns + " from " + table
                    + " with no data");
            c.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy pg_temp." + twin + " from stdin", new StringReader(rows.toString()));
            s.execute("insert into " + table + "(" + columns + ") select * from pg_temp." + twin);
            s.execute("drop table pg_temp." + twin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.setLength(0);
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char ch = text.charAt(i);
            switch (ch) {
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                default -> rows.append(ch);
            }
        }
    }

    private static String array(List<?> list) {
        StringBuilder text = new StringBuilder("{");
        for (Object item : list) {
            text.append(text.length() > 1 ? ",\"" : "\"")
                    .append(item.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return text.append('}').toString();
    }
}
