/** The aggregates of the organisation area. */
@NullMarked
package org.yiqi.organisation.domain;

import org.jspecify.annotations.NullMarked;
