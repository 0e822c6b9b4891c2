package org.yiqi.contract;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** An organisation and what it is in an act. */
public record Party(UUID org, PartyRole role) {

    Map<String, Object> tree() {
        return Map.of("org", org.toString(), "role", role.name());
    }

    static Party read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("org", "role"));
        return new Party(fields.uuid("org"), Names.of(PartyRole.class, fields.text("role")));
    }
}
