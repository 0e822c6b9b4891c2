/** What a unit at its end is worth, what is advised, and how an auction goes: rules without a container. */
@NullMarked
package org.yiqi.disposal.domain;

import org.jspecify.annotations.NullMarked;
