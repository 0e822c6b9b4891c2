/** What only a real network can show of the contract, with the acts that its own tests are made of. */
package org.yiqi.contract;
