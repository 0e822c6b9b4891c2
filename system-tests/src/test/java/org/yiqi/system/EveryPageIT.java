package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each page of the navigation and the first thing that each list links to, as every role that is offered it. A page is seen in
 * both languages, both themes and both widths; all roles see it at least once. New pages are covered by being in the
 * navigation.
 */
class EveryPageIT {

    private static final Path PICTURES = Path.of("target/pages");
    private static final List<String> OPEN = List.of("/login", "/public/oversight");

    private static Chromium chromium;
    private static Platform platform;

    @BeforeAll
    static void open() throws IOException {
        platform = Platform.shared();
        chromium = new Chromium();
        Files.createDirectories(PICTURES);
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    @Tag("long")
    void everyPageIsSoundForEveryRoleInBothLanguagesThemesAndWidths() throws IOException {
        assertSound(onePerRole(), Visitor.CORNERS);
    }

    /** The short walk of each run: what an equipment department sees, which is nearly everything, and what only a regulator does. */
    @Test
    void thePagesOfAnEquipmentDepartmentAndOfARegulatorAreSound() {
        assertSound(List.of("qinghe.equipment", "health.inspector"), Visitor.CORNERS.subList(0, 2));
    }

    private static void assertSound(List<String> accounts, List<Visitor.Corner> corners) {
        Map<String, Visitor> visitors = new LinkedHashMap<>();
        Map<String, List<String>> viewers = new LinkedHashMap<>();
        for (String account : accounts) {
            Visitor visitor = visitor(account, Visitor.CORNERS.get(0));
            visitors.put(account, visitor);
            offers(visitor, viewers.keySet()).forEach(path -> viewers.computeIfAbsent(path, p -> new ArrayList<>())
                    .add(account));
        }
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, Visitor> entry : visitors.entrySet()) {
            try (Visitor visitor = entry.getValue()) {
                for (int corner = 0; corner < corners.size(); corner++) {
                    List<String> turn = new ArrayList<>();
                    for (Map.Entry<String, List<String>> page : viewers.entrySet()) {
                        if (isTurnOf(entry.getKey(), corner, corners.size(), page.getValue())) {
                            turn.add(page.getKey());
                        }
                    }
                    faults.addAll(walk(entry.getKey(), visitor, corners.get(corner), turn, viewers));
                }
            }
        }
        assertEquals("", String.join("\n", faults), "faults; pictures are in " + PICTURES.toAbsolutePath());
    }

    /** What the navigation offers, and behind each list that nobody saw before the page of its first thing. */
    private static Set<String> offers(Visitor visitor, Set<String> known) {
        Set<String> offered = new LinkedHashSet<>();
        for (String place : visitor.places()) {
            offered.add(place);
            if (!known.contains(place)) {
                visitor.page().navigate(platform.base() + place);
                offered.addAll(firstOfEachKind(visitor.detailsLinkedHere(), known));
            }
        }
        assertTrue(offered.contains("/index"), "the navigation offers " + offered);
        return offered;
    }

    /** What an open page holds belongs to this server; ADR 0021. */
    @Test
    void noSessionIsWrittenOutAfterARequest() throws IOException {
        try (Visitor visitor = visitor("qinghe.equipment", Visitor.CORNERS.get(0))) {
            visitor.page().navigate(platform.base() + "/equipment/register");
            visitor.page().navigate(platform.base() + "/equipment/units");
        }
        String log = Files.readString(platform.data().resolve("logs/application.log"), StandardCharsets.UTF_8);
        assertFalse(log.contains("Cannot serialize session attribute"), "see the server's log");
    }

    @Test
    void pagesForAnybodyAreSound() {
        List<String> faults = new ArrayList<>();
        for (Visitor.Corner corner : Visitor.CORNERS) {
            try (Visitor visitor = chromium.visitor(platform.base(), corner)) {
                for (String path : OPEN) {
                    faults.addAll(visitor.look(path, 200, true));
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void anAddressThatIsNotThereSaysSoInTheSameHouseStyle() {
        List<String> faults = new ArrayList<>();
        for (Visitor.Corner corner : Visitor.CORNERS) {
            try (Visitor visitor = chromium.visitor(platform.base(), corner)) {
                faults.addAll(visitor.look("/login/no-such-page", 404, true));
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    /** The k-th account that sees a page takes the corners k, k+n, ...: so all four are taken, and all accounts look. */
    private static boolean isTurnOf(String account, int corner, int corners, List<String> viewers) {
        int position = viewers.indexOf(account);
        return viewers.size() >= corners ? position % corners == corner : corner % viewers.size() == position;
    }

    private static List<String> walk(
            String account,
            Visitor visitor,
            Visitor.Corner corner,
            List<String> paths,
            Map<String, List<String>> viewers) {
        List<String> faults = new ArrayList<>();
        if (!paths.isEmpty()) {
            visitor.turnTo(corner);
        }
        for (String path : paths) {
            boolean first = viewers.get(path).indexOf(account) < Visitor.CORNERS.size();
            List<String> found = visitor.look(path, 200, first);
            found.forEach(fault -> faults.add(account + " " + fault));
            if (!found.isEmpty()) {
                String name = (account + path + "-" + corner).replaceAll("[^\\w.-]+", "_");
                visitor.picture(PICTURES.resolve(name + ".png"));
            }
        }
        return faults;
    }

    /** One link for each page that is not yet known, whatever thing it shows. */
    private static List<String> firstOfEachKind(List<String> links, Set<String> known) {
        Set<String> pages = new LinkedHashSet<>();
        known.forEach(path -> pages.add(path.split("\\?")[0]));
        return links.stream().filter(link -> pages.add(link.split("\\?")[0])).toList();
    }

    private static Visitor visitor(String account, Visitor.Corner corner) {
        return chromium.visitor(platform.base(), corner).signIn(account, Platform.DEMO_PASSWORD);
    }

    /** Hospitals' people are those of the hospital that the other tests use too. */
    private static List<String> onePerRole() throws IOException {
        List<Map<String, String>> accounts = JsonPath.from(
                        Files.readString(platform.data().resolve("demo-accounts.json"), StandardCharsets.UTF_8))
                .getList("$");
        Map<String, String> byRole = new LinkedHashMap<>();
        accounts.forEach(account -> byRole.merge(
                account.get("role"), account.get("username"), (had, next) -> next.startsWith("qinghe.") ? next : had));
        return List.copyOf(byRole.values());
    }
}
