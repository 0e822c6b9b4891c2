/** The rules of plans and tenders, without a container. */
@NullMarked
package org.yiqi.procurement.domain;

import org.jspecify.annotations.NullMarked;
