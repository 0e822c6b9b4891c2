/** The relay on a real Fabric network, from inside its own package: as bare JVMs that can be killed. */
package org.yiqi.ledger;
