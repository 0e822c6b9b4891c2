package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Location;
import org.yiqi.organisation.Organisations;
import org.yiqi.rental.domain.Offer;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Where a unit is going to be used, and how far that is: the same for what a search promises and what a rental costs. */
@Stateless
@Secured
public class Sites {

    @Inject
    Caller caller;

    @Inject
    Organisations organisations;

    /**
     * The place as told, else the middle of the region that was named, else where the caller's organisation stands; null where
     * nothing of it is known.
     */
    @RolesAllowed("**")
    public @Nullable Location of(@Nullable Double latitude, @Nullable Double longitude, @Nullable String region) {
        if (latitude != null && longitude != null) {
            return new Location(latitude, longitude);
        }
        return (region == null || region.isBlank()
                        ? organisations.locationOf(caller.orgId())
                        : organisations.middleOf(region))
                .orElse(null);
    }

    static @Nullable Double km(Offer offer, @Nullable Location site) {
        return site == null
                ? null
                : Geo.km(offer.unit().latitude(), offer.unit().longitude(), site.latitude(), site.longitude());
    }
}
