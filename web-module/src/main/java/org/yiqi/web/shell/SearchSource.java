package org.yiqi.web.shell;

import java.util.List;

/** Something of an area that search (Ctrl+K) finds. Each implementation is a CDI bean of its area's web package. */
public interface SearchSource {

    /** At most {@code limit} hits that the caller may see, best first; the query is not blank. */
    List<Hit> find(String query, int limit);

    /**
     * A line of the search.
     *
     * @param path where it leads, from the root, with its query
     * @param icon a PrimeIcons name without "pi-"
     * @param title what it is called
     * @param note what tells it from others of its name
     */
    record Hit(String path, String icon, String title, String note) {}
}
