package org.yiqi.web.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.GeneralCodingRules;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.persistence.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules over packages below a base, {@code org.yiqi} for the product and another one for the bad examples. */
final class House {

    /** Not areas of the business: everybody's ground, what stands on all areas, and the other modules. */
    private static final Set<String> NOT_AREAS = Set.of("shared", "web", "demo", "contract", "standalone", "tools");

    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Impl|Manager|Util|Utils|Helper|DTO|Dto|Bean)");
    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime");
    private static final int MOST_SERVICES = 5;

    private final String base;
    private final Pattern area;

    House(String base) {
        this.base = base;
        this.area = Pattern.compile(Pattern.quote(base) + "\\.([a-z]+)(\\.[a-z.]+)?");
    }

    ArchRule areasAreEnteredThroughTheirRootPackage() {
        return classes()
                .should(condition(
                        "enter other areas only through their root package",
                        (type, events) -> type.getDirectDependenciesFromSelf().forEach(d -> {
                            Matcher target = area.matcher(d.getTargetClass().getPackageName());
                            if (target.matches()
                                    && target.group(2) != null
                                    && !NOT_AREAS.contains(target.group(1))
                                    && !type.getPackageName().startsWith(base + "." + target.group(1))) {
                                events.add(violated(type, d.getDescription()));
                            }
                        })));
    }

    ArchRule areasMakeNoCycle() {
        return slices().matching(base + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule entitiesStayInTheirArea() {
        return classes()
                .that(are("services", House::isService))
                .should(condition("neither take nor give entities", (type, events) -> type.getMethods().stream()
                        .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(m -> Stream.concat(
                                        m.getRawParameterTypes().stream(),
                                        m.getReturnType().getAllInvolvedRawTypes().stream())
                                .anyMatch(t -> t.isAnnotatedWith(Entity.class)))
                        .forEach(m -> events.add(violated(m, m.getFullName() + " shows an entity")))));
    }

    ArchRule resourcesAndBackingBeansDoNotCallEachOther() {
        DescribedPredicate<JavaClass> resources =
                are("resources", c -> c.getSimpleName().endsWith("Resource"));
        DescribedPredicate<JavaClass> pages = are(
                "backing beans",
                c -> c.isAnnotatedWith(Named.class) && !c.getPackageName().startsWith(base + ".web.shell"));
        ArchRule down = noClasses().that(resources).should().dependOnClassesThat(pages);
        ArchRule up = noClasses().that(pages).should().dependOnClassesThat(resources);
        return com.tngtech.archunit.lang.CompositeArchRule.of(List.of(down, up))
                .as("resources and backing beans stand side by side over the same service");
    }

    ArchRule namesSayWhatAThingIs() {
        return classes().should(condition("not be called Impl, Manager, Util, Helper, DTO or Bean", (type, events) -> {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                events.add(violated(type, type.getName()));
            }
        }));
    }

    ArchRule backingBeansHaveFewServices() {
        return classes()
                .that(are("backing beans", c -> c.isAnnotatedWith(Named.class)))
                .should(condition("inject at most " + MOST_SERVICES + " services", (type, events) -> {
                    long services = type.getAllFields().stream()
                            .filter(f -> f.isAnnotatedWith(Inject.class) && isService(f.getRawType()))
                            .count();
                    if (services > MOST_SERVICES) {
                        events.add(violated(type, type.getName() + " injects " + services));
                    }
                }));
    }

    ArchRule servicesSayWhoMayCallThem() {
        return classes()
                .that(are("services", House::isService))
                .should(condition(
                        "say on each public method who may call it", (type, events) -> type.getMethods().stream()
                                .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC)
                                        && !m.getModifiers().contains(JavaModifier.STATIC)
                                        && !m.getModifiers().contains(JavaModifier.SYNTHETIC))
                                .filter(m -> !calledByTheContainer(m) && !guarded(m) && !guarded(type))
                                .forEach(m -> events.add(violated(m, m.getFullName() + " is open by omission")))));
    }

    /** The server calls a service through a proxy, and a proxy passes on public methods only: others run without what is injected. */
    ArchRule servicesAreCalledByPublicMethods() {
        return classes()
                .should(condition(
                        "call services by public methods only", (type, events) -> type.getMethodCallsFromSelf().stream()
                                .filter(call -> isService(call.getTargetOwner())
                                        && !outermost(call.getTargetOwner()).equals(outermost(type)))
                                .filter(call -> call.getTarget().resolveMember().stream()
                                        .anyMatch(m -> !m.getModifiers().contains(JavaModifier.PUBLIC)
                                                && !m.getModifiers().contains(JavaModifier.STATIC)))
                                .forEach(call -> events.add(violated(type, call.getDescription())))));
    }

    /** The server knows a service by its simple name: a second of that name keeps the application from starting. */
    ArchRule servicesHaveNamesOfTheirOwn() {
        Map<String, String> seen = new HashMap<>();
        return classes()
                .that(are("services", House::isService))
                .should(condition("have simple names that no other service has", (type, events) -> {
                    String other = seen.putIfAbsent(type.getSimpleName(), type.getName());
                    if (other != null && !other.equals(type.getName())) {
                        events.add(violated(type, type.getName() + " is called as " + other));
                    }
                }));
    }

    ArchRule nothingPrints() {
        return GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
    }

    ArchRule timeComesFromTheClock() {
        return classes()
                .should(condition(
                        "take the time from the injected clock",
                        (type, events) -> type.getMethodCallsFromSelf().stream()
                                .filter(c -> CLOCKS.contains(c.getTargetOwner().getName())
                                        && c.getTarget().getName().equals("now")
                                        && c.getTarget().getRawParameterTypes().stream()
                                                .noneMatch(p -> p.getName().equals("java.time.Clock")))
                                .map(JavaAccess::getDescription)
                                .forEach(d -> events.add(violated(type, d)))));
    }

    List<ArchRule> all() {
        return List.of(
                areasAreEnteredThroughTheirRootPackage(),
                areasMakeNoCycle(),
                entitiesStayInTheirArea(),
                resourcesAndBackingBeansDoNotCallEachOther(),
                namesSayWhatAThingIs(),
                backingBeansHaveFewServices(),
                servicesSayWhoMayCallThem(),
                servicesAreCalledByPublicMethods(),
                servicesHaveNamesOfTheirOwn(),
                nothingPrints(),
                timeComesFromTheClock());
    }

    private static boolean isService(JavaClass type) {
        return type.isAnnotatedWith(Stateless.class) || type.isAnnotatedWith(Singleton.class);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(House::outermost).orElse(type);
    }

    private static boolean guarded(JavaMethod method) {
        return method.isAnnotatedWith(RolesAllowed.class)
                || method.isAnnotatedWith(PermitAll.class)
                || method.isAnnotatedWith(DenyAll.class);
    }

    private static boolean guarded(JavaClass type) {
        return type.isAnnotatedWith(RolesAllowed.class)
                || type.isAnnotatedWith(PermitAll.class)
                || type.isAnnotatedWith(DenyAll.class);
    }

    private static boolean calledByTheContainer(JavaMethod method) {
        return method.isAnnotatedWith(Schedule.class)
                || method.isAnnotatedWith(Schedules.class)
                || method.isAnnotatedWith(Timeout.class);
    }

    private static DescribedPredicate<JavaClass> are(
            String description, java.util.function.Predicate<JavaClass> predicate) {
        return describe(description, predicate);
    }

    private static ArchCondition<JavaClass> condition(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.on(type, events);
            }
        };
    }

    private interface Check {
        void on(JavaClass type, ConditionEvents events);
    }
}
