/**
 * From a department's need to a tender: needs, plans with their check and approval, tenders with what everybody may read.
 *
 * <p>Publishes no events. Observes completed, expired and refused acts of the ledger: a tender is published, amended or ended
 * when all who must have signed, at no other place.
 */
@NullMarked
package org.yiqi.procurement;

import org.jspecify.annotations.NullMarked;
