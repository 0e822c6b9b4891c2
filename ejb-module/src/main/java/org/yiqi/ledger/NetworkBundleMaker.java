package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Founding;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.contract.receipt.Receipt;
import org.yiqi.contract.receipt.TrustedChannel;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.ledger.fabric.FabricProblem;

/**
 * Puts together what proves some subjects' history on a channel: the acts as they were read from the blocks, and signed
 * answers of peers that the platform does not run about where each chain stands.
 */
@Dependent
public class NetworkBundleMaker {

    private static final Logger LOG = Logger.getLogger(NetworkBundleMaker.class.getName());
    private static final UUID NO_ACT = new UUID(0, 0);
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LedgerSetting setting;

    @Inject
    NetworkBundleMaker(LedgerSetting setting) {
        this.setting = setting;
    }

    /**
     * The bundle, or nothing if the ledger holds nothing about any of the subjects.
     *
     * @param nonce what the peers shall answer to; null for a random one
     */
    public Optional<NetworkBundle> make(Connection c, List<Subject> subjects, @Nullable String nonce)
            throws SQLException {
        return make(c, setting.channel(), subjects, nonce);
    }

    static Optional<NetworkBundle> make(
            Connection c, FabricChannel channel, List<Subject> subjects, @Nullable String nonce) throws SQLException {
        JdbcLedgerState state = new JdbcLedgerState(c);
        Map<Subject, NavigableMap<Long, BundleMaker.Stored>> chains = BundleMaker.chains(c, subjects, state);
        if (chains.isEmpty()) {
            return Optional.empty();
        }
        String asked = nonce == null ? random() : nonce;
        Map<Long, BundleMaker.Stored> documents = new TreeMap<>();
        List<NetworkBundle.Question> questions = new ArrayList<>();
        for (Map.Entry<Subject, NavigableMap<Long, BundleMaker.Stored>> chain : chains.entrySet()) {
            documents.putAll(chain.getValue());
            Map.@Nullable Entry<Long, BundleMaker.Stored> last =
                    chain.getValue().lastEntry();
            questions.add(question(channel, chain.getKey(), last == null ? null : last.getValue(), asked));
        }
        List<String> acts =
                documents.values().stream().map(BundleMaker.Stored::document).toList();
        Founding founding = LedgerQueries.founding(state).orElseThrow();
        FabricNetwork network = channel.network();
        return Optional.of(new NetworkBundle(network.channel(), network.contract(), founding, acts, questions));
    }

    private static NetworkBundle.Question question(
            FabricChannel channel, Subject subject, BundleMaker.@Nullable Stored last, String nonce) {
        UUID act =
                last == null ? NO_ACT : SignedAct.parse(last.document()).act().id();
        List<Receipt> receipts = new ArrayList<>();
        for (FabricNetwork.Organisation organisation : channel.network().organisations()) {
            if (organisation.platform() || receipts.size() == NetworkBundleCheck.OPERATORS) {
                continue;
            }
            try {
                receipts.add(channel.receipt(organisation.msp(), act.toString(), subject.toString(), nonce));
            } catch (FabricProblem e) {
                // Another one may answer; a bundle with too few receipts says so itself.
                LOG.log(Level.INFO, "No receipt from " + organisation.msp(), e);
            }
        }
        Long block = last == null ? null : last.block();
        Integer index = last == null ? null : last.index();
        return new NetworkBundle.Question(
                subject, act, nonce, block, index == null ? null : index.longValue(), receipts);
    }

    private static String random() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What this installation itself trusts of the network, for a check on the spot. A regulator uses its own. */
    public TrustedChannel trusted() {
        return trusted(setting.network().orElseThrow());
    }

    static TrustedChannel trusted(FabricNetwork network) {
        return new TrustedChannel(
                network.channel(),
                network.contract(),
                Set.of(network.contractVersion()),
                network.organisations().stream()
                        .map(organisation -> new TrustedChannel.Organisation(
                                organisation.msp(),
                                organisation.name(),
                                organisation.platform(),
                                organisation.caCertificates().stream()
                                        .map(NetworkBundleMaker::certificate)
                                        .toList(),
                                List.of()))
                        .toList(),
                null);
    }

    private static X509Certificate certificate(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException(file + " is no certificate", e);
        }
    }
}
