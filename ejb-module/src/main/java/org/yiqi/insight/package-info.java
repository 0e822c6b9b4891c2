/**
 * What the others' records say together: figures and tasks of the overview, idle time. It reads and never writes, under the caller's
 * own row-level security, and is imported by no other area. It publishes and observes no event.
 */
@NullMarked
package org.yiqi.insight;

import org.jspecify.annotations.NullMarked;
