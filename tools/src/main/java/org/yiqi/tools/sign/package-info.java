/** Signing for an organisation with a key that only the organisation has: in a file of its own, or in its HSM. */
@NullMarked
package org.yiqi.tools.sign;

import org.jspecify.annotations.NullMarked;
