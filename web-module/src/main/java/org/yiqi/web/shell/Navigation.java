package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places that this person may open, by group, and the few that stay at the bottom of a phone. */
@Named
@RequestScoped
public class Navigation {

    private static final int AT_THE_BOTTOM = 4;

    @Inject
    HttpServletRequest request;

    @Inject
    ServletContext application;

    public List<Place> getPlaces() {
        return Places.ALL.stream().filter(this::mayOpen).filter(this::exists).toList();
    }

    public List<Group> getGroups() {
        Map<String, List<Place>> groups = new LinkedHashMap<>();
        getPlaces().forEach(place -> groups.computeIfAbsent(place.group(), g -> new ArrayList<>())
                .add(place));
        return groups.entrySet().stream()
                .map(g -> new Group(g.getKey(), g.getValue()))
                .toList();
    }

    /** With the button that opens all of them, five. */
    public List<Place> getMost() {
        List<Place> places = getPlaces();
        List<String> wanted =
                List.of("/index", "/equipment/units", "/rental/rentals", "/maintenance/orders", "/telemetry/episodes");
        List<Place> most = new ArrayList<>(places.stream()
                .filter(place -> wanted.contains(place.path()))
                .limit(AT_THE_BOTTOM)
                .toList());
        places.stream()
                .filter(place -> !most.contains(place))
                .limit(AT_THE_BOTTOM - most.size())
                .forEach(most::add);
        return most;
    }

    /** The page itself, and pages below it: a unit belongs to the units. */
    public boolean isCurrent(Place place) {
        String here =
                Preferences.address(request).substring(request.getContextPath().length());
        String path = here.equals("/") ? "/index" : here;
        return path.equals(place.path()) || isDetailOf(place.path(), path);
    }

    private static boolean isDetailOf(String list, String path) {
        return list.endsWith("s") && path.startsWith(list.substring(0, list.length() - 1)) && list.startsWith(path);
    }

    private boolean mayOpen(Place place) {
        return place.roles().isEmpty() || place.roles().stream().anyMatch(request::isUserInRole);
    }

    private boolean exists(Place place) {
        try {
            return application.getResource(place.path() + ".xhtml") != null;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(place.path(), e);
        }
    }

    /** Places under one heading. */
    public record Group(String key, List<Place> entries) {}
}
