/** A time authority (RFC 3161) that a regulator, or anybody whom one vouches for, runs on a machine of its own. */
@NullMarked
package org.yiqi.tools.time;

import org.jspecify.annotations.NullMarked;
