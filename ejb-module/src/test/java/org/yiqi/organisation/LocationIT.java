package org.yiqi.organisation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.tenancy.Scope;

/** Regions that no other test uses. */
class LocationIT {

    private static final TestDatabase DB = TestDatabase.get();
    private static final TestServices SERVICES = new TestServices(DB);
    private static final Organisations ORGANISATIONS = SERVICES.get(Organisations.class);
    private static UUID north;

    @BeforeAll
    static void twoHospitalsOfOneDistrict() throws SQLException {
        north = hospital("910203", 40.0, 100.0);
        hospital("910203", 42.0, 102.0);
    }

    @Test
    void anOrganisationStandsWhereItSaysElseInTheMiddleOfItsRegion() throws SQLException {
        assertEquals(Optional.of(new Location(40.0, 100.0)), of(north));
        assertEquals(Optional.of(new Location(41.0, 101.0)), of(hospital("910203", null, null)));
        assertEquals(Optional.of(new Location(41.0, 101.0)), of(hospital("910277", null, null)));
    }

    @Test
    void aCityHasAMiddleButNotAProvinceAndNotAPlaceThatNobodyKnows() {
        assertEquals(Optional.of(new Location(41.0, 101.0)), middle("910200"));
        assertEquals(Optional.empty(), middle("910000"));
        assertEquals(Optional.empty(), middle("919999"));
        assertEquals(Optional.empty(), middle(""));
    }

    private static Optional<Location> of(UUID org) {
        return SERVICES.as(org, () -> ORGANISATIONS.locationOf(org));
    }

    private static Optional<Location> middle(String region) {
        return SERVICES.as(north, () -> ORGANISATIONS.middleOf(region));
    }

    private static UUID hospital(String region, @Nullable Double latitude, @Nullable Double longitude)
            throws SQLException {
        UUID id = DB.organisation("HOSPITAL");
        return DB.inScope(Scope.SYSTEM, c -> {
            try (var s = c.prepareStatement(
                    "update organisation.organisation set region_code = ?, latitude = ?, longitude = ? where id = ?")) {
                s.setString(1, region);
                s.setObject(2, latitude);
                s.setObject(3, longitude);
                s.setObject(4, id);
                s.executeUpdate();
                return id;
            }
        });
    }
}
