package org.yiqi.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the demo accounts that the application wrote into the data folder: a flat list of objects of strings. */
final class DemoAccounts {

    private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*}");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private DemoAccounts() {}

    static List<String> table(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of("  Accounts will be in " + file);
        }
        List<String> lines = new ArrayList<>(List.of("  Demo accounts (all of them in " + file + ")"));
        Matcher object = OBJECT.matcher(Files.readString(file, StandardCharsets.UTF_8));
        while (object.find() && lines.size() <= 16) {
            Map<String, String> fields = new HashMap<>();
            Matcher field = FIELD.matcher(object.group());
            while (field.find()) {
                fields.put(field.group(1), field.group(2));
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "    %-24s %-18s %-20s %s",
                    fields.getOrDefault("username", "?"),
                    fields.getOrDefault("password", "?"),
                    fields.getOrDefault("role", ""),
                    fields.getOrDefault("organisation", "")));
        }
        return lines;
    }
}
