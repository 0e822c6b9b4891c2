/**
 * The contract that the peers of a Fabric network endorse: {@link org.yiqi.contract.LedgerRules} over a peer's state.
 *
 * <p>It runs as a service of its own beside each peer, from {@code yiqi-contract.jar}; nothing of it is in the
 * application.
 */
@NullMarked
package org.yiqi.contract.fabric;

import org.jspecify.annotations.NullMarked;
