/** Lists: filter, sort, search, paging by cursor or offset, and streaming for exports. */
@NullMarked
package org.yiqi.shared.list;

import org.jspecify.annotations.NullMarked;
