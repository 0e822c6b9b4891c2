package org.yiqi.procurement;

import java.util.UUID;

/** All envelopes of a tender that were due are open; the record of it waits for the openers' signatures. */
public record EnvelopesOpened(UUID tender, String envelope) {}
