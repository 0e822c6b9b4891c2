/**
 * Bids that nobody can read before enough openers agree: the bidder deals shares of a key that nobody ever holds, and everyone can
 * check them (Schoenmakers' publicly verifiable secret sharing on the curve of SM2). The format is described in
 * {@code docs/sealing.md}; {@code docs/sealing-vectors.json} lets another implementation check itself.
 */
@NullMarked
package org.yiqi.contract.sealing;

import org.jspecify.annotations.NullMarked;
