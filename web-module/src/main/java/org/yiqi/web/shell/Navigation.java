package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The places that this person may open, by group, and the few that stay at the bottom of a phone. */
@Named
@RequestScoped
public class Navigation {

    private static final int AT_THE_BOTTOM = 4;

    /** What only a few may open is what they are here for, and stands before what everybody sees. */
    private static final List<String> FIRST = List.of(
            "/index",
            "/organisation/reviews",
            "/oversight/board",
            "/oversight/cases",
            "/organisation/people",
            "/equipment/units",
            "/audit/log",
            "/rental/rentals",
            "/maintenance/orders",
            "/telemetry/episodes",
            "/billing/statements");

    @Inject
    HttpServletRequest request;

    private @Nullable String current;

    public List<Place> getPlaces() {
        return Places.ALL.stream().filter(this::mayOpen).toList();
    }

    public List<Group> getGroups() {
        return groups(getPlaces(), request.isUserInRole("REGULATOR") || request.isUserInRole("AUDITOR"));
    }

    /** @param oversees whether what others come to last is this person's own work, and stands right behind the overview */
    static List<Group> groups(List<Place> places, boolean oversees) {
        Map<String, List<Place>> groups = new LinkedHashMap<>();
        places.forEach(place ->
                groups.computeIfAbsent(place.group(), g -> new ArrayList<>()).add(place));
        List<Group> all = new ArrayList<>();
        groups.forEach((key, entries) -> all.add(
                oversees && key.equals(Places.OVERSIGHT) ? Math.min(1, all.size()) : all.size(),
                new Group(key, entries)));
        return all;
    }

    /** What this person opens most; with the button that opens all of them, five. */
    public List<Place> getMost() {
        return most(getPlaces());
    }

    static List<Place> most(List<Place> places) {
        List<Place> most = new ArrayList<>();
        for (String wanted : FIRST) {
            places.stream().filter(place -> place.path().equals(wanted)).forEach(most::add);
        }
        places.stream().filter(place -> !most.contains(place)).forEach(most::add);
        List<Place> kept = most.subList(0, Math.min(AT_THE_BOTTOM, most.size()));
        return places.stream().filter(kept::contains).toList();
    }

    /** The page itself; else the list that it is a detail of (a unit belongs to the units); else the first place of its area. */
    public boolean isCurrent(Place place) {
        String here = current;
        if (here == null) {
            String address = Preferences.address(request)
                    .substring(request.getContextPath().length());
            here = whereIs(address, getPlaces()).map(Place::path).orElse("");
            current = here;
        }
        return place.path().equals(here);
    }

    static Optional<Place> whereIs(String address, List<Place> places) {
        String path = address.equals("/") || address.isEmpty() ? "/index" : address;
        return Stream.<Predicate<Place>>of(
                        place -> place.path().equals(path),
                        place -> isDetailOf(place.path(), path),
                        place -> area(place.path()).equals(area(path))
                                && !area(path).isEmpty())
                .flatMap(rule -> places.stream().filter(rule).limit(1))
                .findFirst();
    }

    private static boolean isDetailOf(String list, String path) {
        String detail = list.endsWith("ies")
                ? list.substring(0, list.length() - 3) + "y"
                : list.endsWith("s") ? list.substring(0, list.length() - 1) : list;
        return path.equals(detail) || path.startsWith(detail + "/");
    }

    private static String area(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? "" : path.substring(0, end);
    }

    private boolean mayOpen(Place place) {
        return place.roles().isEmpty() || place.roles().stream().anyMatch(request::isUserInRole);
    }

    /** Places under one heading. */
    public record Group(String key, List<Place> entries) {}
}
