/**
 * From a department's need to an approved plan: needs, plans with their check and their way up the ladder.
 *
 * <p>Publishes and observes no events.
 */
@NullMarked
package org.yiqi.procurement;

import org.jspecify.annotations.NullMarked;
