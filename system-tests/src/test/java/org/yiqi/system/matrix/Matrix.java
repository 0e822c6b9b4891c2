package org.yiqi.system.matrix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the file {@code matrix.txt} says. A line of an operation is {@code METHOD path | body | ROLE=code ... *=code}: the
 * body is sent as it stands ({@code -} for none), {@code *} stands for all roles that are not named, and nobody gets 401
 * unless {@code anonymous=code} says otherwise. Several codes are written {@code 200/409}. A line {@code owned prefix list
 * owner} names things of one tenant: what begins with the prefix is refused to every other tenant.
 */
record Matrix(Map<String, Line> lines, List<Owned> owned) {

    record Line(String body, Map<String, String> codes) {

        String expected(String role) {
            String named = codes.get(role);
            if (named != null) {
                return named;
            }
            return role.equals("anonymous") ? "401" : codes.getOrDefault("*", "403");
        }
    }

    record Owned(String prefix, String list, String owner) {}

    static Matrix read() {
        Map<String, Line> lines = new LinkedHashMap<>();
        List<Owned> owned = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Matrix.class.getResourceAsStream("matrix.txt")), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("owned ")) {
                    String[] parts = line.split("\\s+");
                    owned.add(new Owned(parts[1], parts[2], parts[3]));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split("\\s+\\|\\s+");
                    lines.put(parts[0].strip(), new Line(parts[1].strip(), codes(parts[2])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Matrix(lines, owned);
    }

    private static Map<String, String> codes(String text) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (String pair : text.strip().split("\\s+")) {
            String[] sides = pair.split("=");
            codes.put(sides[0], sides[1]);
        }
        return codes;
    }
}
