package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.yiqi.standalone.fabric.Organisation.Peer;

/**
 * Makes an organisation's authorities and everybody's keys and certificates, in the folders that Fabric's programs read.
 *
 * <p>On one machine all of it lies side by side. In production each organisation does this for itself, with its own
 * authority, and shows the others only certificates.
 */
final class Identities {

    /** Who installs and approves contracts and changes the channel. */
    static final String ADMINISTRATOR = "admin";
    /** Who submits transactions. */
    static final String CLIENT = "client";
    /** The contract's TLS server certificate. */
    static final String CONTRACT = "contract";

    private static final String UNITS = """
            NodeOUs:
              Enable: true
              ClientOUIdentifier:
                Certificate: cacerts/ca.pem
                OrganizationalUnitIdentifier: client
              PeerOUIdentifier:
                Certificate: cacerts/ca.pem
                OrganizationalUnitIdentifier: peer
              AdminOUIdentifier:
                Certificate: cacerts/ca.pem
                OrganizationalUnitIdentifier: admin
              OrdererOUIdentifier:
                Certificate: cacerts/ca.pem
                OrganizationalUnitIdentifier: orderer
            """;

    private final Organisation organisation;
    private final CertificateAuthority ca;
    private final CertificateAuthority tlsCa;

    private Identities(Organisation organisation) throws IOException {
        this.organisation = organisation;
        String name = organisation.name();
        ca = CertificateAuthority.create(organisation.folder().resolve("ca"), name, "ca." + name);
        tlsCa = CertificateAuthority.create(organisation.folder().resolve("tlsca"), name, "tlsca." + name);
    }

    static void create(Organisation organisation, Layout layout) throws IOException {
        Identities identities = new Identities(organisation);
        identities.memberService(organisation.folder().resolve("msp"));
        for (Peer peer : organisation.peers()) {
            identities.node(peer.name(), "peer");
        }
        for (Orderer orderer : layout.orderers()) {
            if (orderer.organisation().equals(organisation)) {
                identities.node(orderer.name(), "orderer");
            }
        }
        identities.user(ADMINISTRATOR, "admin");
        identities.user(CLIENT, "client");
        identities.tls(CONTRACT);
    }

    private void node(String name, String unit) throws IOException {
        user(name, unit);
        tls(name);
    }

    private void user(String name, String unit) throws IOException {
        Path msp = organisation.msp(name);
        memberService(msp);
        ca.identity(organisation.name(), name, unit)
                .write(msp.resolve("signcerts/cert.pem"), msp.resolve("keystore/key.pem"));
    }

    private void tls(String name) throws IOException {
        Path folder = organisation.folder().resolve(name).resolve("tls");
        tlsCa.tls(organisation.name(), name).write(folder.resolve("server.pem"), folder.resolve("server.key"));
        Files.copy(organisation.tlsCaCertificate(), folder.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void memberService(Path msp) throws IOException {
        Files.createDirectories(msp.resolve("cacerts"));
        Files.createDirectories(msp.resolve("tlscacerts"));
        Files.copy(organisation.caCertificate(), msp.resolve("cacerts/ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                organisation.tlsCaCertificate(), msp.resolve("tlscacerts/ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(msp.resolve("config.yaml"), UNITS);
    }
}
