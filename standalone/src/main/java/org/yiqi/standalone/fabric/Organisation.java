package org.yiqi.standalone.fabric;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A member of the consortium with its own certificate authorities and peers.
 *
 * @param folder where its keys and certificates are
 * @param firstPeer number of its first peer among all of the network
 */
record Organisation(String name, Path folder, int firstPeer, int peerCount, int basePort) {

    static final String PLATFORM = "platform";
    static final String REGULATOR = "regulator";

    private static final int PEERS_FROM = 50;
    private static final int DISTANCE = 10;

    /** One peer and where it listens; everything is on loopback. */
    record Peer(String name, Organisation organisation, int port) {

        String address() {
            return "127.0.0.1:" + port;
        }

        String chaincodeAddress() {
            return "127.0.0.1:" + (port + 1);
        }

        int operationsPort() {
            return port + 2;
        }

        /** Where the organisation's contract process listens for this peer. */
        int contractPort() {
            return port + 3;
        }

        Path folder() {
            return organisation.folder().resolve(name);
        }
    }

    /** The name of its member service, such as {@code RegulatorMSP}. */
    String msp() {
        StringBuilder camel = new StringBuilder();
        for (String part : name.split("-")) {
            camel.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return camel.append("MSP").toString();
    }

    List<Peer> peers() {
        return IntStream.range(0, peerCount)
                .mapToObj(i ->
                        new Peer("peer" + i + "." + name, this, basePort + PEERS_FROM + DISTANCE * (firstPeer + i)))
                .toList();
    }

    Peer peer() {
        return peers().get(0);
    }

    /** What the channel's configuration knows of it. */
    Path msp(String user) {
        return folder.resolve(user).resolve("msp");
    }

    Path caCertificate() {
        return folder.resolve("ca").resolve("ca.pem");
    }

    Path tlsCaCertificate() {
        return folder.resolve("tlsca").resolve("ca.pem");
    }

    boolean isPlatform() {
        return name.equals(PLATFORM);
    }
}
