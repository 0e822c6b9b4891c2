package org.yiqi.web.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HouseTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.yiqi");
    private static final String BAD_BASE = "org.yiqi.web.rules.bad";
    private static final JavaClasses BAD = new ClassFileImporter().importPackages(BAD_BASE);

    @Test
    void theRulesSeeTheProduct() {
        assertTrue(PRODUCT.contain("org.yiqi.organisation.Logins"), "the business module is not on the class path");
        assertTrue(PRODUCT.contain("org.yiqi.web.shell.Texts"));
    }

    @TestFactory
    Stream<DynamicTest> theProductKeepsTheRules() {
        return new House("org.yiqi")
                .all().stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PRODUCT)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleCatchesItsBadExample() {
        return Stream.of(
                caught(House::areasAreEnteredThroughTheirRootPackage, "Pricing"),
                caught(House::areasMakeNoCycle, "lending"),
                caught(House::entitiesStayInTheirArea, "Loans"),
                caught(House::resourcesAndBackingBeansDoNotCallEachOther, "LoansResource"),
                caught(House::namesSayWhatAThingIs, "LoanManager"),
                caught(House::backingBeansHaveFewServices, "LoansPage"),
                caught(House::servicesSayWhoMayCallThem, "Loans.open"),
                caught(House::servicesAreCalledByPublicMethods, "Loans.quick"),
                caught(House::servicesHaveNamesOfTheirOwn, "Pricing"),
                caught(House::nothingPrints, "LoanManager"),
                caught(House::timeComesFromTheClock, "LoanManager"));
    }

    private static DynamicTest caught(Function<House, ArchRule> rule, String culprit) {
        ArchRule checked = rule.apply(new House(BAD_BASE));
        return DynamicTest.dynamicTest(checked.getDescription(), () -> {
            String report = checked.evaluate(BAD).getFailureReport().toString();
            assertTrue(report.contains(culprit), () -> "did not name " + culprit + ": " + report);
        });
    }
}
