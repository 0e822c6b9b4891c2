package org.yiqi.web.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NavigationTest {

    private static final List<Place> PLACES = List.of(
            Place.of("", "/index", "home", "shell.nav.home"),
            Place.of("", "/equipment/units", "box", "shell.nav.units"),
            Place.of("", "/equipment/models", "book", "shell.nav.models"),
            Place.of("", "/rental/rentals", "calendar", "shell.nav.rentals"),
            Place.of("", "/rental/liabilities", "history", "shell.nav.damage"),
            Place.of("", "/oversight/trace", "history", "shell.nav.trace"));

    private static String at(String address) {
        return Navigation.whereIs(address, PLACES).map(Place::path).orElse("nowhere");
    }

    @Test
    void aDetailStandsUnderItsListHoweverItsNameMakesItsPlural() {
        assertEquals("/rental/liabilities", at("/rental/liability"));
    }

    @Test
    void atTheBottomOfAPhoneStandsWhatEachRoleIsHereFor() {
        assertEquals(
                List.of("/index", "/equipment/units", "/rental/rentals", "/maintenance/orders"),
                atTheBottom("EQUIPMENT"));
        assertEquals(
                List.of("/index", "/equipment/units", "/rental/rentals", "/billing/statements"),
                atTheBottom("FINANCE"));
        assertEquals(
                List.of("/index", "/equipment/units", "/telemetry/episodes", "/maintenance/orders"),
                atTheBottom("TECHNICIAN"));
        assertEquals(
                List.of("/index", "/equipment/units", "/equipment/models", "/organisation/reviews"),
                atTheBottom("PLATFORM_REVIEWER"));
        assertEquals(
                List.of("/index", "/equipment/units", "/oversight/board", "/oversight/cases"),
                atTheBottom("REGULATOR"));
    }

    @Test
    void oversightStandsRightBehindTheOverviewForThoseWhoseWorkItIs() {
        assertEquals(
                List.of("", "shell.nav.oversight"),
                Navigation.groups(open("REGULATOR"), true).stream()
                        .map(Navigation.Group::key)
                        .limit(2)
                        .toList());
        assertEquals(
                List.of("", "shell.nav.equipment"),
                Navigation.groups(open("EQUIPMENT"), false).stream()
                        .map(Navigation.Group::key)
                        .limit(2)
                        .toList());
    }

    private static List<String> atTheBottom(String role) {
        return Navigation.most(open(role)).stream().map(Place::path).toList();
    }

    private static List<Place> open(String role) {
        return Places.ALL.stream()
                .filter(place -> place.roles().isEmpty() || place.roles().contains(role))
                .toList();
    }

    @Test
    void aPlaceIsMarkedOnItsOwnPage() {
        assertEquals("/index", at("/"));
        assertEquals("/equipment/models", at("/equipment/models"));
    }

    @Test
    void aDetailBelongsToItsList() {
        assertEquals("/equipment/units", at("/equipment/unit"));
        assertEquals("/equipment/units", at("/equipment/unit/calendar"));
        assertEquals("/equipment/models", at("/equipment/model"));
        assertEquals("/oversight/trace", at("/oversight/trace/unit"));
    }

    @Test
    void anyOtherPageBelongsToTheFirstPlaceOfItsArea() {
        assertEquals("/equipment/units", at("/equipment/register"));
        assertEquals("/oversight/trace", at("/oversight/case"));
    }

    @Test
    void aPageOutsideBelongsNowhere() {
        assertEquals("nowhere", at("/login"));
        assertEquals("nowhere", at("/billing/invoices"));
    }
}
