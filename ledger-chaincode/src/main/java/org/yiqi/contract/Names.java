package org.yiqi.contract;

import java.util.Arrays;

/** Enumerations by name, where an unknown name is a malformed document and not a failure of the program. */
final class Names {

    private Names() {}

    static <E extends Enum<E>> E of(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findAny()
                .orElseThrow(() -> new MalformedAct(name + " is no " + type.getSimpleName()));
    }
}
