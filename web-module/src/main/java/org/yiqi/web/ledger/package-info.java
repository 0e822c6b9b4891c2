/** Acts, signatures, keys and the ledger's own state, for programs and on pages. */
@NullMarked
package org.yiqi.web.ledger;

import org.jspecify.annotations.NullMarked;
