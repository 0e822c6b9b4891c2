package org.yiqi.shared;

import java.util.List;

/** What a person may be in an organisation. Names are those of the login, of {@code @RolesAllowed} and of the API. */
public final class Roles {

    /** Registers the organisation's people, credentials and keys. */
    public static final String ORG_ADMIN = "ORG_ADMIN";
    /** Equipment department: units, offers, approvals, handovers, verification of repairs. */
    public static final String EQUIPMENT = "EQUIPMENT";
    /** Clinical department: searches, applies, reports faults. */
    public static final String CLINICAL = "CLINICAL";

    public static final String FINANCE = "FINANCE";
    /** Sits on the hospital's equipment committee and signs plans for it. */
    public static final String COMMITTEE = "COMMITTEE";
    /** Signs plans for the hospital's party committee. */
    public static final String PARTY_COMMITTEE = "PARTY_COMMITTEE";
    /** The right to sign acts for the organisation. */
    public static final String SIGNATORY = "SIGNATORY";

    public static final String TECHNICIAN = "TECHNICIAN";
    public static final String SUPPLIER = "SUPPLIER";
    public static final String CARRIER = "CARRIER";
    public static final String RECYCLER = "RECYCLER";
    /** Reviews qualifications; two different people are needed for one review. */
    public static final String PLATFORM_REVIEWER = "PLATFORM_REVIEWER";

    public static final String PLATFORM_OPERATOR = "PLATFORM_OPERATOR";
    public static final String REGULATOR = "REGULATOR";
    /** Reads the audit log and verifies it. */
    public static final String AUDITOR = "AUDITOR";

    /** Background work of the application itself; no person has it. */
    public static final String SYSTEM = "SYSTEM";

    /** The roles that a person can be given, in the order pages show them. */
    public static final List<String> OF_PEOPLE = List.of(
            ORG_ADMIN,
            EQUIPMENT,
            CLINICAL,
            FINANCE,
            COMMITTEE,
            PARTY_COMMITTEE,
            SIGNATORY,
            TECHNICIAN,
            SUPPLIER,
            CARRIER,
            RECYCLER,
            PLATFORM_REVIEWER,
            PLATFORM_OPERATOR,
            REGULATOR,
            AUDITOR);

    private Roles() {}
}
