package org.yiqi.procurement.redflags;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the indicators are told, by the names of Cardinal's settings file: {@code R003.threshold}. What is not there is as Cardinal has
 * it.
 */
public record IndicatorSettings(Map<String, String> values) {

    public IndicatorSettings {
        values = Map.copyOf(values);
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    public double decimal(String name, double otherwise) {
        return optional(name).orElse(otherwise);
    }

    /** A threshold that takes the place of what is computed from the data. */
    OptionalDouble optional(String name) {
        String value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
    }

    /** @param otherwise words with {@code |} between them */
    public Set<String> words(String name, String otherwise) {
        return Stream.of(values.getOrDefault(name, otherwise).split("\\|"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
