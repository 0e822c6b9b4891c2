/**
 * Models (what a manufacturer makes, UDI-DI) and units (the one that stands in a room, UDI-PI and serial number): who
 * owns, holds and uses a unit, what state it is in, and the one calendar of everything that it is used for.
 */
@NullMarked
package org.yiqi.equipment;

import org.jspecify.annotations.NullMarked;
