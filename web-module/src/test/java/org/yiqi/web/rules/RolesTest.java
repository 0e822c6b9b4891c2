package org.yiqi.web.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.annotation.security.DeclareRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Roles;
import org.yiqi.web.api.ApiApplication;

/** A role that the server is not told of opens no method, however often the code names it. */
class RolesTest {

    private static final Pattern MAPPED =
            Pattern.compile("<role-name>([A-Z_]+)</role-name><group-name>\\1</group-name>");

    @Test
    void everyRoleOfPeopleIsDeclared() {
        DeclareRoles declared = ApiApplication.class.getAnnotation(DeclareRoles.class);
        assertEquals(new TreeSet<>(Roles.OF_PEOPLE), new TreeSet<>(Set.of(declared.value())));
    }

    @Test
    void everyRoleOfPeopleIsMappedToItsGroup() throws IOException {
        Matcher mapping = MAPPED.matcher(Files.readString(Path.of("src/main/webapp/WEB-INF/payara-web.xml")));
        Set<String> mapped = new TreeSet<>();
        while (mapping.find()) {
            mapped.add(mapping.group(1));
        }
        assertEquals(new TreeSet<>(Roles.OF_PEOPLE), mapped);
    }
}
