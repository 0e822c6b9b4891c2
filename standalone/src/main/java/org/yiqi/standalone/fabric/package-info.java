/**
 * {@code ./yiqi fabric}: a real Hyperledger Fabric network on one machine, without Docker. Four organisations with their
 * own authorities, peers, orderers and contract processes, all on loopback, all over TLS.
 */
@NullMarked
package org.yiqi.standalone.fabric;

import org.jspecify.annotations.NullMarked;
