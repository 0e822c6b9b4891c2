package org.yiqi.web.organisation;

import jakarta.faces.context.FacesContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.NotFound;

/** The id in a page's address; its forms post to the same address, so it is known from the first phase on. */
final class RequestedId {

    private RequestedId() {}

    static @Nullable UUID get(String parameter) {
        String text = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get(parameter);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("organisation.not-found", "Not an id", e);
        }
    }

    /** @throws NotFound without an id */
    static UUID require() {
        UUID id = get("id");
        if (id == null) {
            throw new NotFound("organisation.not-found", "No id");
        }
        return id;
    }
}
