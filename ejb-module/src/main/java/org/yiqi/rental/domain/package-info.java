/** The aggregates of renting and their rules, free of the container. */
@NullMarked
package org.yiqi.rental.domain;

import org.jspecify.annotations.NullMarked;
