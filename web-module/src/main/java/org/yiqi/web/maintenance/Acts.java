package org.yiqi.web.maintenance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.web.api.Versions;

/** What the acts on a work order share. */
final class Acts {

    private Acts() {}

    /** A reason in words. */
    public record Why(@NotBlank @Size(max = 1000) String reason) {}

    /** The version that the caller saw; an act without it works on the order as it is. */
    static @Nullable Long seen(@Nullable String ifMatch) {
        return ifMatch == null ? null : Versions.seen(ifMatch);
    }

    static Response answer(WorkOrderView order) {
        return Versions.tagged(order, order.version()).build();
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
