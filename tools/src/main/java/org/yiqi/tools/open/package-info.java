/** An opener's machine: keys for one envelope each, and the release of shares at the hour. */
@NullMarked
package org.yiqi.tools.open;

import org.jspecify.annotations.NullMarked;
