/**
 * Red flags of public procurement over compiled OCDS releases: the indicators of the Open Contracting Partnership's Cardinal, by the
 * same names, with the same meaning and the same defaults (cardinal.readthedocs.io). They are leads, never proof.
 */
@NullMarked
package org.yiqi.procurement.redflags;

import org.jspecify.annotations.NullMarked;
