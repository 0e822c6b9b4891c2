package org.yiqi.organisation.domain;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yiqi.organisation.OrganisationKind;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.RuleViolation;

/** Which roles an organisation can give, and which no one person may hold together. */
public final class RoleRules {

    private static final Map<OrganisationKind, List<String>> OF_KIND = new EnumMap<>(Map.of(
            OrganisationKind.HOSPITAL,
            List.of(
                    Roles.ORG_ADMIN,
                    Roles.EQUIPMENT,
                    Roles.CLINICAL,
                    Roles.FINANCE,
                    Roles.COMMITTEE,
                    Roles.PARTY_COMMITTEE,
                    Roles.SIGNATORY,
                    Roles.TECHNICIAN,
                    Roles.AUDITOR),
            OrganisationKind.SUPPLIER,
            List.of(
                    Roles.ORG_ADMIN,
                    Roles.SUPPLIER,
                    Roles.EQUIPMENT,
                    Roles.FINANCE,
                    Roles.SIGNATORY,
                    Roles.TECHNICIAN,
                    Roles.AUDITOR),
            OrganisationKind.SERVICE,
            List.of(Roles.ORG_ADMIN, Roles.TECHNICIAN, Roles.FINANCE, Roles.SIGNATORY, Roles.AUDITOR),
            OrganisationKind.RECYCLER,
            List.of(Roles.ORG_ADMIN, Roles.RECYCLER, Roles.FINANCE, Roles.SIGNATORY, Roles.AUDITOR),
            OrganisationKind.CARRIER,
            List.of(Roles.ORG_ADMIN, Roles.CARRIER, Roles.FINANCE, Roles.SIGNATORY, Roles.AUDITOR),
            OrganisationKind.REGULATOR,
            List.of(Roles.ORG_ADMIN, Roles.REGULATOR, Roles.SIGNATORY, Roles.AUDITOR),
            OrganisationKind.PLATFORM,
            List.of(
                    Roles.ORG_ADMIN,
                    Roles.PLATFORM_REVIEWER,
                    Roles.PLATFORM_OPERATOR,
                    Roles.FINANCE,
                    Roles.SIGNATORY,
                    Roles.AUDITOR)));

    /** What a program with an API key may never be: who gives rights, who signs, who reviews, who audits. */
    private static final Set<String> PEOPLE_ONLY = Set.of(
            Roles.ORG_ADMIN,
            Roles.SIGNATORY,
            Roles.COMMITTEE,
            Roles.PARTY_COMMITTEE,
            Roles.PLATFORM_REVIEWER,
            Roles.AUDITOR);

    private RoleRules() {}

    public static List<String> of(OrganisationKind kind) {
        return OF_KIND.getOrDefault(kind, List.of());
    }

    public static List<String> ofKeys(OrganisationKind kind) {
        return of(kind).stream().filter(r -> !PEOPLE_ONLY.contains(r)).toList();
    }

    /** @throws RuleViolation naming the rule that the set breaks */
    public static void check(OrganisationKind kind, Collection<String> roles) {
        if (roles.isEmpty()) {
            throw refused("organisation.no-role", "A person needs at least one role", "at least one");
        }
        if (!of(kind).containsAll(roles)) {
            throw refused(
                    "organisation.role-of-other-kind", "Not a role of this kind of organisation", of(kind).toString());
        }
        Set<String> set = new HashSet<>(roles);
        if (set.contains(Roles.AUDITOR) && set.size() > 1) {
            throw refused("organisation.auditor-alone", "Who audits does nothing else", "AUDITOR alone");
        }
        if (set.contains(Roles.PLATFORM_REVIEWER) && set.size() > 1) {
            throw refused("organisation.reviewer-alone", "Who reviews does nothing else", "PLATFORM_REVIEWER alone");
        }
        if (set.contains(Roles.PLATFORM_OPERATOR) && set.contains(Roles.ORG_ADMIN)) {
            throw refused(
                    "organisation.operator-not-admin",
                    "Who operates the platform does not give its rights",
                    "one of them");
        }
    }

    public static void checkKey(OrganisationKind kind, Collection<String> roles) {
        if (roles.isEmpty() || !ofKeys(kind).containsAll(roles)) {
            throw refused(
                    "organisation.role-of-people",
                    "Not a role that a key can have",
                    ofKeys(kind).toString());
        }
    }

    private static RuleViolation refused(String code, String message, String rule) {
        return new RuleViolation(code, message).at("/roles", rule);
    }
}
