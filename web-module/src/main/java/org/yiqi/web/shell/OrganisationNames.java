package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Organisations;

/** Names of organisations for pages that hold only their ids: {@code #{orgs.name(unit.ownerId)}}. Asked once a request. */
@Named("orgs")
@RequestScoped
public class OrganisationNames {

    @Inject
    Organisations organisations;

    @Inject
    Language language;

    private final Map<UUID, String> known = new HashMap<>();

    /** The name in the reader's language; the id where there is no such organisation, empty for none. */
    public String name(@Nullable UUID id) {
        return id == null ? "" : known.computeIfAbsent(id, this::ask);
    }

    private String ask(UUID id) {
        return organisations.nameOf(id).map(name -> name.in(language.getTag())).orElseGet(id::toString);
    }
}
