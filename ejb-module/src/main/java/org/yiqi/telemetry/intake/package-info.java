/** The way of a reading from the broker's queue into the database, in batches. */
@NullMarked
package org.yiqi.telemetry.intake;

import org.jspecify.annotations.NullMarked;
