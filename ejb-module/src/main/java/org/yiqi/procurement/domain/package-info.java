/** The rules of plans, without a container. */
@NullMarked
package org.yiqi.procurement.domain;

import org.jspecify.annotations.NullMarked;
