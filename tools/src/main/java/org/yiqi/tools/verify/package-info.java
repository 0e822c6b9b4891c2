/** Checking a proof bundle away from the platform. */
@NullMarked
package org.yiqi.tools.verify;

import org.jspecify.annotations.NullMarked;
