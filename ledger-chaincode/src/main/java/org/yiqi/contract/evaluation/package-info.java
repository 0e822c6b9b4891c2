/**
 * How bids are judged: formulas, ties, drawn experts, and the published document from which anyone computes the winner again.
 *
 * <p>Plain Java without a clock, a random source or floating point: the platform, the offline verifier and a third party come to
 * the same points. What the law decides comes in as dated figures, see {@link org.yiqi.contract.evaluation.EvaluationRules}.
 */
@NullMarked
package org.yiqi.contract.evaluation;

import org.jspecify.annotations.NullMarked;
