/** The regulator's workspace: traces, proofs and cases, for programs and on pages. */
@NullMarked
package org.yiqi.web.oversight;

import org.jspecify.annotations.NullMarked;
