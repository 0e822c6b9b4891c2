/** Device credentials, health, rules, alerts and dead letters, for programs and for people; live values by WebSocket. */
@NullMarked
package org.yiqi.web.telemetry;

import org.jspecify.annotations.NullMarked;
