/**
 * Receipts: what peers of a Fabric channel signed about their committed state, and how to check that without asking
 * anybody.
 */
@NullMarked
package org.yiqi.contract.receipt;

import org.jspecify.annotations.NullMarked;
