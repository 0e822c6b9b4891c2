/** The work order and its rules. */
@NullMarked
package org.yiqi.maintenance.domain;

import org.jspecify.annotations.NullMarked;
