/** The contract as a program beside a peer: what it says and what it hears. */
package org.yiqi.contract.fabric;
