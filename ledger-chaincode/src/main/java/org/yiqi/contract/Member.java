package org.yiqi.contract;

import java.util.Map;
import java.util.Set;

/**
 * An organisation as the ledger knows it.
 *
 * @param registrar whether it may enter organisations and their first keys
 */
public record Member(OrganisationKind kind, boolean registrar, boolean suspended) {

    Member suspended(boolean now) {
        return new Member(kind, registrar, now);
    }

    String json() {
        return CanonicalJson.write(Map.of("kind", kind.name(), "registrar", registrar, "suspended", suspended));
    }

    static Member parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("kind", "registrar", "suspended"));
        return new Member(
                Names.of(OrganisationKind.class, fields.text("kind")),
                fields.flag("registrar"),
                fields.flag("suspended"));
    }
}
