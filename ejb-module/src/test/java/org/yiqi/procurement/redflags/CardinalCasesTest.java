package org.yiqi.procurement.redflags;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yiqi.procurement.redflags.RedFlag.Group;

/** The reference tool's own cases, with the settings under which it runs them: the same flags, the same values, and no others. */
class CardinalCasesTest {

    private static final Path CASES = Path.of("src/test/resources/org/yiqi/procurement/redflags");
    private static final Map<Group, String> GROUPS = Map.of(
            Group.OCID, "OCID",
            Group.BUYER, "Buyer",
            Group.PROCURING_ENTITY, "ProcuringEntity",
            Group.TENDERER, "Tenderer");

    static Stream<String> fixtures() throws IOException {
        return names("fixtures");
    }

    static Stream<String> examples() throws IOException {
        return names("examples");
    }

    private static Stream<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(CASES.resolve(folder))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl"))
                    .map(name -> name.substring(0, name.length() - ".jsonl".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** A fixture's name says its indicator and what differs from the defaults: {@code R003-threshold-10}. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void aFixtureIsFlaggedAsTheReferenceFlagsIt(String name) throws IOException {
        String[] parts = name.replace('+', '|').split("-");
        Map<String, String> values = new HashMap<>(Map.of(
                "no_price_comparison_procurement_methods", "NPC", "exclusions.procurement_method_details", "EXC"));
        if (parts.length == 3) {
            values.put(parts[0] + "." + parts[1], parts[2]);
        }
        for (int i = 2; parts.length > 3 && i < parts.length; i += 2) {
            values.put(parts[0] + "." + parts[1] + "." + parts[i], parts[i + 1]);
        }
        assertEquals(expected("fixtures", name), flagged("fixtures", name, values, Set.of(parts[0])));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleOfTheDocumentationIsFlaggedAsItShows(String name) throws IOException {
        Path own = CASES.resolve("examples").resolve(name + ".ini");
        Map<String, String> values = new HashMap<>();
        Set<String> indicators = new TreeSet<>();
        String section = "";
        for (String line : Files.readAllLines(Files.exists(own) ? own : own.resolveSibling("settings.ini"))) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.indexOf(']'));
                indicators.add(section);
            } else if (line.contains("=")) {
                String[] parts = line.split("=");
                values.put(section + "." + parts[0].strip(), parts[1].strip());
            }
        }
        assertEquals(expected("examples", name), flagged("examples", name, values, indicators));
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static Map<String, Double> expected(String folder, String name) throws IOException {
        Map<String, Double> all = new TreeMap<>();
        json(Files.readString(CASES.resolve(folder).resolve(name + ".expected")))
                .forEach((group, subjects) -> {
                    subjects.asJsonObject().forEach((subject, flags) -> flags.asJsonObject()
                            .forEach((indicator, value) -> all.put(
                                    group + " " + subject + " " + indicator, ((JsonNumber) value).doubleValue())));
                });
        return all;
    }

    private static Map<String, Double> flagged(
            String folder, String name, Map<String, String> values, Set<String> indicators) throws IOException {
        Indicators all = new Indicators(new IndicatorSettings(values));
        List<String> lines = Files.readAllLines(CASES.resolve(folder).resolve(name + ".jsonl"));
        lines.stream().filter(line -> !line.isBlank()).forEach(line -> all.add(json(line)));
        return all.flags().stream()
                .filter(flag -> indicators.contains(flag.indicator()))
                .collect(Collectors.toMap(
                        flag -> GROUPS.get(flag.group()) + " " + flag.subject() + " " + flag.indicator(),
                        RedFlag::value,
                        (known, same) -> same,
                        TreeMap::new));
    }
}
