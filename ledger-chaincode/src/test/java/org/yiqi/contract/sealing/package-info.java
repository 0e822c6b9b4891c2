/** Sealed bids: what opens, what does not, and whose fault it is. */
package org.yiqi.contract.sealing;
