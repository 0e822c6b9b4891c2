package org.yiqi.organisation;

import java.util.Set;

/** What an organisation is. The first five register themselves; the others are entered. */
public enum OrganisationKind {
    HOSPITAL,
    SUPPLIER,
    SERVICE,
    RECYCLER,
    CARRIER,
    REGULATOR,
    PLATFORM;

    private static final Set<OrganisationKind> REGISTERS_ITSELF =
            Set.of(HOSPITAL, SUPPLIER, SERVICE, RECYCLER, CARRIER);

    public boolean registersItself() {
        return REGISTERS_ITSELF.contains(this);
    }
}
