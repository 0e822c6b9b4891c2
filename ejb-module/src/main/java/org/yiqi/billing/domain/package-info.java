/** Statements, invoices and the entries of the books. */
@NullMarked
package org.yiqi.billing.domain;

import org.jspecify.annotations.NullMarked;
