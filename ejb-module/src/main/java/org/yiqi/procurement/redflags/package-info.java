/**
 * Red flags of public procurement over compiled OCDS releases, by the codes of the Open Contracting Partnership's guide: the indicators
 * of its Cardinal with the same meaning and the same defaults (cardinal.readthedocs.io), and beside them R011, R022, R023 and R044. They
 * are leads, never proof.
 */
@NullMarked
package org.yiqi.procurement.redflags;

import org.jspecify.annotations.NullMarked;
