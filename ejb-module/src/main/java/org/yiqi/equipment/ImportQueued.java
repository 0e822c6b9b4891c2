package org.yiqi.equipment;

import java.util.UUID;

/** A file waits to be read. */
record ImportQueued(UUID importId) {}
