package org.yiqi.standalone.fabric;

import java.util.List;
import java.util.stream.Collectors;

/** What the channel starts from, as {@code configtx.yaml}: members, who may do what, and how transactions are ordered. */
final class ChannelConfiguration {

    static final String PROFILE = "Yiqi";

    /**
     * The contract is approved by the regulator and two others: the regulator can veto a change of the rules, and nobody
     * can make one alone.
     */
    private static final String LIFECYCLE =
            "AND('RegulatorMSP.peer', OutOf(2, 'PlatformMSP.peer', 'HospitalMSP.peer', 'SupplierMSP.peer'))";

    private final Layout layout;

    ChannelConfiguration(Layout layout) {
        this.layout = layout;
    }

    String yaml() {
        return organisations() + profile();
    }

    private String organisations() {
        StringBuilder yaml = new StringBuilder("Organizations:\n");
        for (Organisation org : layout.organisations()) {
            yaml.append(member(org));
        }
        for (Orderer orderer : layout.orderers()) {
            yaml.append(orderingMember(orderer));
        }
        return yaml.toString();
    }

    /** An organisation as configtxgen prints it for those who add it to a running channel. */
    static String memberAlone(Organisation org) {
        return "Organizations:\n" + member(org);
    }

    private static String member(Organisation org) {
        String msp = org.msp();
        return """
                  - &%1$s
                    Name: %1$s
                    ID: %1$s
                    MSPDir: %2$s
                    Policies:
                      Readers: { Type: Signature, Rule: "OR('%1$s.admin', '%1$s.peer', '%1$s.client', '%1$s.orderer')" }
                      Writers: { Type: Signature, Rule: "OR('%1$s.admin', '%1$s.client')" }
                      Admins: { Type: Signature, Rule: "OR('%1$s.admin')" }
                      Endorsement: { Type: Signature, Rule: "OR('%1$s.peer')" }
                    AnchorPeers:
                %3$s""".formatted(
                        msp,
                        org.folder().resolve("msp"),
                        org.peers().stream()
                                .map(peer -> "      - { Host: 127.0.0.1, Port: " + peer.port() + " }\n")
                                .collect(Collectors.joining()));
    }

    private static String orderingMember(Orderer orderer) {
        String msp = orderer.organisation().msp();
        return """
                  - &%1$sOrdering
                    Name: %1$s
                    ID: %1$s
                    MSPDir: %2$s
                    Policies:
                      Readers: { Type: Signature, Rule: "OR('%1$s.orderer', '%1$s.admin')" }
                      Writers: { Type: Signature, Rule: "OR('%1$s.orderer')" }
                      Admins: { Type: Signature, Rule: "OR('%1$s.admin')" }
                    OrdererEndpoints: [ "%3$s" ]
                """.formatted(msp, orderer.organisation().folder().resolve("msp"), orderer.address());
    }

    private String profile() {
        List<Organisation> members = layout.organisations();
        return """
                Profiles:
                  %1$s:
                    Policies:
                      Readers: { Type: ImplicitMeta, Rule: "ANY Readers" }
                      Writers: { Type: ImplicitMeta, Rule: "ANY Writers" }
                      Admins: { Type: ImplicitMeta, Rule: "MAJORITY Admins" }
                    Capabilities: { V3_0: true }
                    Orderer:
                %2$s
                      Policies:
                        Readers: { Type: ImplicitMeta, Rule: "ANY Readers" }
                        Writers: { Type: ImplicitMeta, Rule: "ANY Writers" }
                        Admins: { Type: ImplicitMeta, Rule: "MAJORITY Admins" }
                        BlockValidation: { Type: ImplicitMeta, Rule: "ANY Writers" }
                      Capabilities: { V2_0: true }
                      Organizations: [ %3$s ]
                    Application:
                      Policies:
                        Readers: { Type: ImplicitMeta, Rule: "ANY Readers" }
                        Writers: { Type: ImplicitMeta, Rule: "ANY Writers" }
                        Admins: { Type: ImplicitMeta, Rule: "MAJORITY Admins" }
                        LifecycleEndorsement: { Type: Signature, Rule: "%4$s" }
                        Endorsement: { Type: ImplicitMeta, Rule: "MAJORITY Endorsement" }
                      Capabilities: { V2_5: true }
                      Organizations: [ %5$s ]
                """.formatted(
                        PROFILE,
                        ordering().indent(6).stripTrailing(),
                        layout.orderers().stream()
                                .map(orderer -> "*" + orderer.organisation().msp() + "Ordering")
                                .collect(Collectors.joining(", ")),
                        LIFECYCLE,
                        members.stream().map(org -> "*" + org.msp()).collect(Collectors.joining(", ")));
    }

    private String ordering() {
        String batches = """
                BatchTimeout: 200ms
                BatchSize: { MaxMessageCount: 200, AbsoluteMaxBytes: 10 MB, PreferredMaxBytes: 2 MB }
                """;
        return layout.ordering() == Ordering.BFT ? batches + byzantine() : batches + raft();
    }

    private String raft() {
        return """
                OrdererType: etcdraft
                EtcdRaft:
                  Options:
                    TickInterval: 200ms
                    ElectionTick: 10
                    HeartbeatTick: 1
                    MaxInflightBlocks: 5
                    SnapshotIntervalSize: 16 MB
                  Consenters:
                """
                + layout.orderers().stream()
                        .map(orderer -> "    - { Host: 127.0.0.1, Port: %d, ClientTLSCert: %s, ServerTLSCert: %s }\n"
                                .formatted(orderer.port(), orderer.tls("server.pem"), orderer.tls("server.pem")))
                        .collect(Collectors.joining());
    }

    private String byzantine() {
        StringBuilder yaml = new StringBuilder("""
                OrdererType: BFT
                SmartBFT:
                  RequestBatchMaxInterval: 200ms
                  RequestForwardTimeout: 2s
                  RequestComplainTimeout: 8s
                  RequestAutoRemoveTimeout: 3m0s
                  ViewChangeResendInterval: 2s
                  ViewChangeTimeout: 10s
                  LeaderHeartbeatTimeout: 10s
                  CollectTimeout: 1s
                  IncomingMessageBufferSize: 200
                  RequestPoolSize: 100000
                  LeaderHeartbeatCount: 10
                ConsenterMapping:
                """);
        for (Orderer orderer : layout.orderers()) {
            yaml.append("""
                      - ID: %d
                        Host: 127.0.0.1
                        Port: %d
                        MSPID: %s
                        Identity: %s
                        ClientTLSCert: %s
                        ServerTLSCert: %s
                    """.formatted(
                            orderer.id(),
                            orderer.port(),
                            orderer.organisation().msp(),
                            orderer.certificate(),
                            orderer.tls("server.pem"),
                            orderer.tls("server.pem")));
        }
        return yaml.toString();
    }
}
