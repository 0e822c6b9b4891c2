package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a regulator opens is seen by whose it is, without the page or the interface knowing of it. */
class RegulatorLooksIT {

    private static final String REGULATOR = "health.inspector";
    private static final String OWNER = "zhongxin.admin";

    private final Platform platform = Platform.shared();

    @Test
    void aUnitThatARegulatorReadsByTheInterfaceIsALookThatItsOwnerSees() {
        String unit = platform.as("zhongxin.equipment")
                .get("/units?limit=1&sort=-assetTag")
                .path("items[0].id");
        assertEquals(200, platform.as(REGULATOR).get("/units/" + unit).statusCode());
        assertTrue(seen(unit).contains("READ"), "the owner sees no look");
    }

    @Test
    void whatTheOwnerReadsItselfIsNone() {
        String unit = platform.as("zhongxin.equipment")
                .get("/units?limit=1&sort=assetTag")
                .path("items[0].id");
        List<String> before = seen(unit);
        assertEquals(
                200, platform.as("zhongxin.equipment").get("/units/" + unit).statusCode());
        assertEquals(before, seen(unit));
    }

    private List<String> seen(String unit) {
        return platform.as(OWNER).get("/oversight/looks?unit=" + unit).path("items.action");
    }
}
