package org.yiqi.web.rules;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts of all areas below one folder, and what is wrong with them. */
final class Bundles {

    private static final Pattern IN_PAGES =
            Pattern.compile("\\bt(?:\\.format\\(|\\[)\\s*'([^']+)'\\s*([\\],)+]|\\.concat)?");
    private static final Pattern IN_JAVA =
            Pattern.compile("texts\\.(?:get|format)\\(\\s*\"([a-z]+\\.[^\"]*)\"\\s*([+,)])");
    private static final Pattern REFUSAL =
            Pattern.compile("new (?:NotFound|Conflict|RuleViolation|NotPermitted)\\(\\s*\"([a-z]+\\.[a-z0-9-]+)\"");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\d)");

    private final Map<String, Map<String, String>> english = new TreeMap<>();
    private final Map<String, Map<String, String>> chinese = new TreeMap<>();

    private final List<String> twice = new ArrayList<>();
    private final Path root;

    Bundles(Path root) {
        this.root = root;
        try (Stream<Path> folders = Files.list(root)) {
            folders.filter(Files::isDirectory).forEach(folder -> {
                String area = folder.getFileName().toString();
                english.put(area, load(folder.resolve("messages_en.properties")));
                chinese.put(area, load(folder.resolve("messages_zh_CN.properties")));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> unequal() {
        List<String> found = new ArrayList<>();
        twice.forEach(key -> found.add(key + " is given twice"));
        english.forEach((area, en) -> {
            Map<String, String> zh = chinese.getOrDefault(area, Map.of());
            Set<String> keys = new TreeSet<>(en.keySet());
            keys.addAll(zh.keySet());
            for (String key : keys) {
                String first = en.get(key);
                String second = zh.get(key);
                if (first == null || second == null) {
                    found.add(area + ": " + key + " is missing in " + (first == null ? "English" : "Chinese"));
                } else if (first.isBlank() || second.isBlank()) {
                    found.add(area + ": " + key + " is empty");
                } else if (!parameters(first).equals(parameters(second))) {
                    found.add(area + ": " + key + " has other parameters in the other language");
                }
                if (!key.startsWith(area + ".") && !key.startsWith("problem." + area + ".")) {
                    found.add(area + ": " + key + " belongs to another area");
                }
            }
        });
        return found;
    }

    /** Keys that a page or a class names and no area has. */
    List<String> unknownIn(Path file, String text) {
        List<String> found = new ArrayList<>();
        Pattern pattern = file.toString().endsWith(".java") ? IN_JAVA : IN_PAGES;
        Matcher named = pattern.matcher(text);
        while (named.find()) {
            String key = named.group(1);
            String next = named.group(2);
            boolean begins = next != null && (next.equals("+") || next.equals(".concat"));
            if (begins ? keys().noneMatch(k -> k.startsWith(key)) : keys().noneMatch(key::equals)) {
                found.add(file + ": " + key);
            }
        }
        Matcher refusal = REFUSAL.matcher(text);
        while (refusal.find()) {
            String key = "problem." + refusal.group(1);
            if (keys().noneMatch(key::equals)) {
                found.add(file.getFileName() + ": " + key);
            }
        }
        return found;
    }

    private Stream<String> keys() {
        return english.values().stream().flatMap(m -> m.keySet().stream());
    }

    private static Set<String> parameters(String text) {
        return PARAMETER.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, String> load(Path file) {
        Properties properties = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                if (containsKey(key)) {
                    twice.add(key + " in " + root.relativize(file));
                }
                return super.put(key, value);
            }
        };
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(k -> texts.put(k, properties.getProperty(k)));
        return texts;
    }
}
