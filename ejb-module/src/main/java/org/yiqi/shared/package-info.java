/** What every area uses and no area owns: ids, money, periods, roles. No business. */
@NullMarked
package org.yiqi.shared;

import org.jspecify.annotations.NullMarked;
