/**
 * Repairs and preventive service: work orders from the alert or request to the unit's release, plans, stations and spare parts.
 *
 * <p>Publishes {@link org.yiqi.maintenance.UnitTakenOutOfService} and {@link org.yiqi.maintenance.UnitReleased}; observes the
 * activation of alert episodes.
 */
@NullMarked
package org.yiqi.maintenance;

import org.jspecify.annotations.NullMarked;
