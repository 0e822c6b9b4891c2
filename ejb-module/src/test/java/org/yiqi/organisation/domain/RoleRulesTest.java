package org.yiqi.organisation.domain;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yiqi.organisation.OrganisationKind;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.RuleViolation;

class RoleRulesTest {

    @Test
    void anAuditorHasNoOtherRole() {
        assertRefused("organisation.auditor-alone", OrganisationKind.HOSPITAL, Roles.AUDITOR, Roles.FINANCE);
        assertDoesNotThrow(() -> RoleRules.check(OrganisationKind.HOSPITAL, List.of(Roles.AUDITOR)));
    }

    @Test
    void aReviewerIsNotAnOperator() {
        assertRefused(
                "organisation.reviewer-alone",
                OrganisationKind.PLATFORM,
                Roles.PLATFORM_REVIEWER,
                Roles.PLATFORM_OPERATOR);
    }

    @Test
    void anOperatorDoesNotGiveRights() {
        assertRefused(
                "organisation.operator-not-admin", OrganisationKind.PLATFORM, Roles.PLATFORM_OPERATOR, Roles.ORG_ADMIN);
    }

    @Test
    void aHospitalGivesNoRoleOfAnAuthority() {
        assertRefused("organisation.role-of-other-kind", OrganisationKind.HOSPITAL, Roles.REGULATOR);
        assertRefused("organisation.role-of-other-kind", OrganisationKind.SUPPLIER, Roles.PLATFORM_REVIEWER);
    }

    @Test
    void aKeyNeitherSignsNorGivesRights() {
        for (OrganisationKind kind : OrganisationKind.values()) {
            assertFalse(RoleRules.ofKeys(kind).contains(Roles.SIGNATORY));
            assertFalse(RoleRules.ofKeys(kind).contains(Roles.ORG_ADMIN));
        }
    }

    @Test
    void theCheckCharacterOfACreditCodeMustFit() {
        assertTrue(CreditCode.isValid("91350100M000100Y43"));
        assertFalse(CreditCode.isValid("91350100M000100Y44"));
        assertFalse(CreditCode.isValid("91350100M000100Y4"));
        assertFalse(CreditCode.isValid("91350100I000100Y43"));
    }

    @Test
    void aPasswordThatIsTriedFirstIsRefused() {
        assertThrows(RuleViolation.class, () -> PasswordRules.check("short", "li"));
        assertThrows(RuleViolation.class, () -> PasswordRules.check("aaaaaaaaaaaaaaa", "li"));
        assertThrows(RuleViolation.class, () -> PasswordRules.check("password12345", "li"));
        assertThrows(RuleViolation.class, () -> PasswordRules.check("qinghe.admin-2026", "qinghe.admin"));
        assertDoesNotThrow(() -> PasswordRules.check("correct horse battery", "li"));
    }

    private static void assertRefused(String code, OrganisationKind kind, String... roles) {
        RuleViolation refusal = assertThrows(RuleViolation.class, () -> RoleRules.check(kind, List.of(roles)));
        assertEquals(code, refusal.code());
    }
}
