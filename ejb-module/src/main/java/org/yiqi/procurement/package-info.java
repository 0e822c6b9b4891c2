/**
 * From a department's need to an approved plan: needs, plans with their check and their way up the ladder. Sealed bids that nobody can
 * read before enough openers agree, and their opening.
 *
 * <p>Publishes {@link org.yiqi.procurement.SharesPosted}; observes no events.
 */
@NullMarked
package org.yiqi.procurement;

import org.jspecify.annotations.NullMarked;
