package org.yiqi.equipment.table;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** RFC 4180, tolerant of line ends; a semicolon or tab separates where the first line has no comma. */
final class CsvParser {

    private static final int END = -1;

    private final Reader reader;
    private final int longestCell;
    private final int mostColumns;
    private char separator;
    private int line = 1;
    private int pushedBack = -2;

    CsvParser(Reader reader, int longestCell, int mostColumns) throws IOException {
        this.reader = reader;
        this.longestCell = longestCell;
        this.mostColumns = mostColumns;
        this.separator = detect();
    }

    /** The line where the next row begins. */
    int line() {
        return line;
    }

    /** The next row; empty at the end. A blank line is a row of one empty cell. */
    List<String> next() throws IOException {
        List<String> cells = new ArrayList<>();
        int c = read();
        if (c == END) {
            return cells;
        }
        StringBuilder cell = new StringBuilder();
        while (true) {
            if (c == '"' && cell.isEmpty()) {
                c = quoted(cell);
            }
            if (c == separator || c == '\n' || c == END) {
                cells.add(cell.toString());
                cell.setLength(0);
                if (cells.size() > mostColumns) {
                    throw new UnreadableTable("Line " + line + " has more than " + mostColumns + " columns.");
                }
                if (c != separator) {
                    line += c == '\n' ? 1 : 0;
                    return cells;
                }
            } else if (c != '\r') {
                append(cell, c);
            }
            c = read();
        }
    }

    /** Reads to the closing quote and returns what follows it. */
    private int quoted(StringBuilder cell) throws IOException {
        while (true) {
            int c = read();
            if (c == END) {
                throw new UnreadableTable("A quote is not closed at the end of the file.");
            }
            if (c == '"') {
                int after = read();
                if (after != '"') {
                    return after == '\r' ? read() : after;
                }
            }
            line += c == '\n' ? 1 : 0;
            append(cell, c);
        }
    }

    private void append(StringBuilder cell, int c) {
        if (cell.length() >= longestCell) {
            throw new UnreadableTable("A cell on line " + line + " is longer than " + longestCell + " characters.");
        }
        cell.append((char) c);
    }

    private int read() throws IOException {
        if (pushedBack != -2) {
            int c = pushedBack;
            pushedBack = -2;
            return c;
        }
        return reader.read();
    }

    private char detect() throws IOException {
        reader.mark(1 << 13);
        int commas = 0;
        int semicolons = 0;
        int tabs = 0;
        for (int i = 0; i < (1 << 13) - 1; i++) {
            int c = reader.read();
            if (c == '\n' || c == END) {
                break;
            }
            commas += c == ',' ? 1 : 0;
            semicolons += c == ';' ? 1 : 0;
            tabs += c == '\t' ? 1 : 0;
        }
        reader.reset();
        if (tabs > commas && tabs > semicolons) {
            return '\t';
        }
        return semicolons > commas ? ';' : ',';
    }
}
