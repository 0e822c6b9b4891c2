/** The rules of units and their calendar, without a container and without a database. */
@NullMarked
package org.yiqi.equipment.domain;

import org.jspecify.annotations.NullMarked;
