package org.yiqi.standalone.fabric;

import java.nio.file.Path;

/**
 * One ordering node and where it listens.
 *
 * @param id the number by which Byzantine orderers name each other, in the channel and in the blocks they sign
 */
record Orderer(int id, String name, Organisation organisation, int port) {

    String address() {
        return "127.0.0.1:" + port;
    }

    int adminPort() {
        return port + 1;
    }

    int operationsPort() {
        return port + 2;
    }

    Path folder() {
        return organisation.folder().resolve(name);
    }

    /** What it signs blocks with. */
    Path certificate() {
        return folder().resolve("msp/signcerts/cert.pem");
    }

    Path tls(String file) {
        return folder().resolve("tls").resolve(file);
    }
}
