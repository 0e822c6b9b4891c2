package org.yiqi.shared.list;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list: {@code next} is the cursor of the page after it, null at the end; {@code total} counts all that match. */
public record Page<T>(List<T> items, @Nullable String next, long total) {

    public Page {
        items = List.copyOf(items);
    }
}
