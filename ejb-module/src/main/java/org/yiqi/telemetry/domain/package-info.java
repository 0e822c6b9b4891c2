/** What a message says, what a rule demands, and the life of an alert episode: no database, no broker. */
@NullMarked
package org.yiqi.telemetry.domain;

import org.jspecify.annotations.NullMarked;
