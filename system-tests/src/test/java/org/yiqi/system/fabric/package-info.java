/** Tests on a real Fabric network, past the application: what the peers accept, whoever asks. */
package org.yiqi.system.fabric;
