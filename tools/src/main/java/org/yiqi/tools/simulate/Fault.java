package org.yiqi.tools.simulate;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A story of something going wrong, as the studies tell it. */
enum Fault {
    /** The chiller of an MRI fails: the water warms within a minute, later helium boils off. */
    MRI_COOLING("mri-cooling", "MRI"),
    /** A CT tube ages: it runs hotter and cools more slowly from scan to scan, and the bearing is heard. */
    CT_TUBE_AGEING("ct-tube-ageing", "CT");

    private final String label;
    private final String category;

    Fault(String label, String category) {
        this.label = label;
        this.category = category;
    }

    String label() {
        return label;
    }

    /** The kind of device that it befalls. */
    String category() {
        return category;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Fault::label).toList();
    }

    static @Nullable Fault named(@Nullable String label) {
        if (label == null) {
            return null;
        }
        return Arrays.stream(values())
                .filter(fault -> fault.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no fault '" + label + "': choose one of " + String.join(", ", labels()) + "."));
    }
}
