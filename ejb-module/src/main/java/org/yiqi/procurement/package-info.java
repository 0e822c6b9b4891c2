/**
 * From a department's need to a contract: needs, plans with their check and their way up the ladder, the suppliers' catalogue,
 * tenders, sealed bids that nobody can read before enough openers agree, and their opening.
 *
 * <p>What is published of all that follows the Open Contracting Data Standard: {@link org.yiqi.procurement.Releases}.
 *
 * <p>Publishes {@link org.yiqi.procurement.PlanApproved}, {@link org.yiqi.procurement.QuestionAnswered}, {@link
 * org.yiqi.procurement.TenderPublished}, {@link org.yiqi.procurement.TenderAmended}, {@link
 * org.yiqi.procurement.TenderSealed}, {@link org.yiqi.procurement.TenderEnded}, {@link org.yiqi.procurement.SharesPosted} and {@link
 * org.yiqi.procurement.EnvelopesOpened}; observes the ledger's completed, expired and refused acts.
 */
@NullMarked
package org.yiqi.procurement;

import org.jspecify.annotations.NullMarked;
