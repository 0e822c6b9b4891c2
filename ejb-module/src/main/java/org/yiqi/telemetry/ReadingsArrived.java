package org.yiqi.telemetry;

import java.util.List;

/** The newest readings of a batch, fired after its commit on the intake's thread: observers hand them on and return. */
public record ReadingsArrived(List<LiveReading> readings) {

    public ReadingsArrived {
        readings = List.copyOf(readings);
    }
}
