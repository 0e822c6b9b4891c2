/** Sends to every operation that {@code /openapi} describes what nobody should send, and judges the answers. */
package org.yiqi.system.fuzz;
