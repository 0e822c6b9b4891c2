package org.yiqi.maintenance.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.ElectricalSafety;
import org.yiqi.maintenance.FunctionalCheck;
import org.yiqi.maintenance.SafetyMeasurement;
import org.yiqi.maintenance.TestLine;
import org.yiqi.shared.problem.RuleViolation;

/** The tests that follow a repair, judged against their limits. Every measurement that the device's kind demands is there. */
public final class TestSheet {

    private static final int MOST_CHECKS = 50;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000");

    private final List<TestLine> lines = new ArrayList<>();
    private final List<String> failing = new ArrayList<>();

    /** @throws RuleViolation {@code maintenance.test-missing} or {@code maintenance.test-value} naming the fields */
    public TestSheet(ElectricalSafety safety, List<FunctionalCheck> checks) {
        safety(safety);
        if (checks.isEmpty()) {
            throw new RuleViolation("maintenance.test-missing", "At least one functional check is needed")
                    .at("/functional", "at least one");
        }
        if (checks.size() > MOST_CHECKS) {
            throw new RuleViolation("maintenance.test-value", "Too many functional checks")
                    .at("/functional", "at most " + MOST_CHECKS);
        }
        for (int i = 0; i < checks.size(); i++) {
            functional(checks.get(i), "/functional/" + i);
        }
    }

    public List<TestLine> lines() {
        return List.copyOf(lines);
    }

    /** JSON pointers of the lines outside their limits. */
    public List<String> failing() {
        return List.copyOf(failing);
    }

    private void safety(ElectricalSafety safety) {
        for (SafetyMeasurement m : SafetyMeasurement.values()) {
            boolean applies = m.applies(safety.protectionClass(), safety.appliedPart());
            BigDecimal value = safety.value(m);
            String pointer = "/electricalSafety/" + m.field();
            if (value == null) {
                if (applies) {
                    throw new RuleViolation("maintenance.test-missing", "A measurement is missing")
                            .at(pointer, "required");
                }
                continue;
            }
            checkNumber(value, pointer);
            if (value.signum() < 0) {
                throw new RuleViolation("maintenance.test-value", "A measurement is not negative")
                        .at(pointer, "0 or more");
            }
            BigDecimal low = m.low(safety.protectionClass(), safety.appliedPart());
            BigDecimal high = m.high(safety.protectionClass(), safety.appliedPart());
            add(new TestLine(m.name(), "", value, m.unit(), low, high, within(value, low, high)), pointer);
        }
    }

    private void functional(FunctionalCheck check, String pointer) {
        if (check.name().isBlank() || check.name().length() > 200) {
            throw new RuleViolation("maintenance.test-value", "A check has a name").at(pointer + "/name", "1 to 200");
        }
        BigDecimal value = check.value();
        if (value != null) {
            checkNumber(value, pointer + "/value");
        }
        boolean passed = check.passed() && (value == null || within(value, check.low(), check.high()));
        add(
                new TestLine(
                        TestLine.FUNCTIONAL,
                        check.name().strip(),
                        value,
                        check.unit(),
                        check.low(),
                        check.high(),
                        passed),
                pointer + "/value");
    }

    private void add(TestLine line, String pointer) {
        lines.add(line);
        if (!line.passed()) {
            failing.add(pointer);
        }
    }

    private static boolean within(BigDecimal value, @Nullable BigDecimal low, @Nullable BigDecimal high) {
        return (low == null || value.compareTo(low) >= 0) && (high == null || value.compareTo(high) <= 0);
    }

    private static void checkNumber(BigDecimal value, String pointer) {
        if (value.abs().compareTo(LARGEST) > 0 || value.scale() > 9) {
            throw new RuleViolation("maintenance.test-value", "Not a plausible number")
                    .at(pointer, "up to 1e9, 9 decimals");
        }
    }
}
