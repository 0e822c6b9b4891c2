/** Judging: formulas, draws, and replays that name what was changed. */
package org.yiqi.contract.evaluation;
