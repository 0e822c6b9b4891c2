/**
 * From a sensor to a decision: device credentials, readings with roll-ups, what is known of a device now, rules, alert
 * episodes, dead letters, webhooks. Publishes {@link org.yiqi.telemetry.EpisodeActivated};
 * observes {@code CustodyPassed}, after which the device needs a new secret.
 */
@NullMarked
package org.yiqi.telemetry;

import org.jspecify.annotations.NullMarked;
