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
        assertEquals(List.of("/index", "/equipment/units", "/oversight/cases", "/audit/log"), atTheBottom("REGULATOR"));
    }

    private static List<String> atTheBottom(String role) {
        List<Place> open = Places.ALL.stream()
                .filter(place -> place.roles().isEmpty() || place.roles().contains(role))
                .toList();
        return Navigation.most(open).stream().map(Place::path).toList();
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
