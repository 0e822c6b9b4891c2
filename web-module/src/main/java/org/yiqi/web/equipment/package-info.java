/** Pages and resources of models, units, their calendar, custody and documents, and of imports. */
@NullMarked
package org.yiqi.web.equipment;

import org.jspecify.annotations.NullMarked;
