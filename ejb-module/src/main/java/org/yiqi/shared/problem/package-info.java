/** The one hierarchy of refusals and how a database constraint becomes one. */
@NullMarked
package org.yiqi.shared.problem;

import org.jspecify.annotations.NullMarked;
