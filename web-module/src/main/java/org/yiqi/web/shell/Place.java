package org.yiqi.web.shell;

import java.util.Set;

/**
 * A place of the navigation.
 *
 * @param group the key of the group's heading; empty for the first, unnamed group
 * @param path the address without extension, from the root
 * @param icon a PrimeIcons name without "pi-"
 * @param key its text
 * @param roles who sees it; empty means everybody who is signed in
 */
public record Place(String group, String path, String icon, String key, Set<String> roles) {

    static Place of(String group, String path, String icon, String key, String... roles) {
        return new Place(group, path, icon, key, Set.of(roles));
    }
}
