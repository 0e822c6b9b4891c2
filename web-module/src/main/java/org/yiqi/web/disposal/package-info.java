/** Disposals and auctions for people and programs. */
@NullMarked
package org.yiqi.web.disposal;

import org.jspecify.annotations.NullMarked;
