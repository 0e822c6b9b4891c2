/**
 * From a department's need to a contract: needs, plans with their check and their way up the ladder, the suppliers' catalogue,
 * tenders, sealed bids that nobody can read before enough openers agree, and their opening.
 *
 * <p>What is published of all that follows the Open Contracting Data Standard: {@link org.yiqi.procurement.Releases}.
 *
 * <p>Publishes {@link org.yiqi.procurement.PlanApproved}, {@link org.yiqi.procurement.QuestionAnswered}, {@link
 * org.yiqi.procurement.TenderPublished}, {@link org.yiqi.procurement.TenderAmended}, {@link
 * org.yiqi.procurement.TenderSealed}, {@link org.yiqi.procurement.TenderEnded}, {@link org.yiqi.procurement.SharesPosted}, {@link
 * org.yiqi.procurement.EnvelopesOpened}, {@link org.yiqi.procurement.AwardNoticed}, {@link
 * org.yiqi.procurement.AwardSuspended}, {@link org.yiqi.procurement.AwardWithdrawn}, {@link org.yiqi.procurement.LotAwarded}, {@link
 * org.yiqi.procurement.LotFailed}, {@link org.yiqi.procurement.TenderRanked}, {@link org.yiqi.procurement.ContractSigned}, {@link org.yiqi.procurement.ContractMoved}, {@link org.yiqi.procurement.ContractAmended} and
 * {@link org.yiqi.procurement.ContractTerminated}; observes the ledger's completed, expired and refused acts.
 */
@NullMarked
package org.yiqi.procurement;

import org.jspecify.annotations.NullMarked;
