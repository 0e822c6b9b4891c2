/** Reads unique device identifiers as GS1, HIBCC and ICCBBA write them: pure functions, no state. */
@NullMarked
package org.yiqi.equipment.udi;

import org.jspecify.annotations.NullMarked;
