package org.yiqi.ledger;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.fabric.FabricChannel;
import org.yiqi.ledger.fabric.FabricNetwork;

/** Which ledger this installation uses, as it is configured, and the one connection to a channel. */
@ApplicationScoped
public class LedgerSetting {

    @Inject
    @ConfigProperty(name = "yiqi.ledger", defaultValue = "local")
    String ledger;

    @Inject
    @ConfigProperty(name = "yiqi.fabric.network")
    Optional<String> description;

    @Inject
    @ConfigProperty(name = "yiqi.fabric.batch", defaultValue = "500")
    int largestBatch;

    @Inject
    @ConfigProperty(name = "yiqi.ledger.grow-from")
    Optional<String> growFrom;

    private @Nullable FabricNetwork network;
    private @Nullable FabricChannel channel;

    public LedgerKind kind() {
        return LedgerKind.named(ledger);
    }

    /** What the journal of the local ledger ends with that is to grow up, see {@link GrowingUp}. */
    Optional<String> growFrom() {
        return growFrom;
    }

    /** How many acts a transaction has at most. */
    int largestBatch() {
        return largestBatch;
    }

    /** The network, if the ledger is a channel. */
    public synchronized Optional<FabricNetwork> network() {
        if (kind() != LedgerKind.FABRIC) {
            return Optional.empty();
        }
        FabricNetwork known = network;
        if (known == null) {
            known = FabricNetwork.read(Path.of(description.orElseThrow(
                    () -> new IllegalStateException("yiqi.ledger=fabric needs yiqi.fabric.network, a network.json"))));
            network = known;
        }
        return Optional.of(known);
    }

    /** The connection to the channel; opened by the first who asks. */
    synchronized FabricChannel channel() {
        FabricChannel open = channel;
        if (open == null) {
            open = FabricChannel.open(network().orElseThrow());
            channel = open;
        }
        return open;
    }

    @PreDestroy
    synchronized void close() {
        FabricChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
