package org.yiqi.contract.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hyperledger.fabric.contract.ClientIdentity;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ResponseUtils;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Batch;
import org.yiqi.contract.Constitution;
import org.yiqi.contract.Founding;
import org.yiqi.contract.Guards;
import org.yiqi.contract.LedgerAnswers;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.LedgerState;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Past;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;

/**
 * The contract: takes batches of acts by {@link LedgerRules} and answers questions about them.
 *
 * <p>Whoever is on the channel may submit a batch: what counts are the signatures on the acts. Nothing here reads a random
 * source or the order of a hash map, since all endorsers must come to the same bytes; an endorser's clock decides only
 * whether a bid, a closing or an opening is in time.
 */
final class YiqiContract extends ChaincodeBase {

    private volatile @Nullable PeerStream peer;

    YiqiContract(String packageId) {
        processCommandLineOptions(new String[] {"-i", packageId});
    }

    @Override
    protected StreamObserver<ChaincodeMessage> connectToPeer(StreamObserver<ChaincodeMessage> out) throws IOException {
        PeerStream stream = new PeerStream(out);
        peer = stream;
        return stream.toLibrary(super.connectToPeer(stream.toPeer()));
    }

    @Override
    public Response init(ChaincodeStub stub) {
        return ResponseUtils.newSuccessResponse();
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        try {
            return ResponseUtils.newSuccessResponse(answer(stub, state(stub), stub.getFunction(), stub.getParameters())
                    .getBytes(UTF_8));
        } catch (MalformedAct | DateTimeException | IllegalStateException e) {
            return ResponseUtils.newErrorResponse(e.getMessage());
        }
    }

    private FabricState state(ChaincodeStub stub) {
        return new FabricState(stub, Objects.requireNonNull(peer, "no peer has connected"));
    }

    private static String answer(ChaincodeStub stub, FabricState state, String function, List<String> parameters) {
        String[] p = parameters.toArray(String[]::new);
        return switch (function + "/" + p.length) {
            case "constitute/1" -> constitute(p[0], stub, state);
            case "found/1" -> found(p[0], null, stub, state);
            case "found/2" -> found(p[0], p[1], stub, state);
            case "record/1" -> record(p[0], stub, state);
            case "act/1" -> LedgerAnswers.act(uuid(p[0]), state);
            case "trace/3" -> LedgerAnswers.trace(Subject.parse(p[0]), p[1], number(p[2]), state);
            case "custodianAt/2" ->
                LedgerAnswers.custodianAt(Subject.parse(p[0]).id(), Instant.parse(p[1]), state);
            case "keys/1" -> LedgerAnswers.keys(uuid(p[0]), state);
            case "receipt/3" -> LedgerAnswers.receipt(uuid(p[0]), Subject.parse(p[1]), p[2], state);
            case "founding/0" -> founding(state);
            case "constitution/0" -> constitution(state).json();
            case "past/0" -> LedgerQueries.past(state).map(Past::json).orElse("null");
            default -> throw new MalformedAct("no function " + function + " with " + p.length + " arguments");
        };
    }

    private static String constitute(String json, ChaincodeStub stub, FabricState state) {
        Constitution constitution = Constitution.parse(json);
        if (Constitution.of(state) != null) {
            throw new IllegalStateException("this network has been constituted");
        }
        only(constitution.regulator(), stub);
        constitution.put(state);
        state.write();
        return constitution.json();
    }

    private static String found(String json, @Nullable String past, ChaincodeStub stub, FabricState state) {
        Founding founding = Founding.parse(json);
        // Otherwise whoever comes first could found the ledger with a regulator of its own making.
        only(constitution(state).regulator(), stub);
        if (past == null) {
            LedgerRules.found(founding, state);
        } else {
            LedgerRules.found(founding, Past.parse(past), state);
        }
        state.write();
        return founding.digest();
    }

    private static String founding(LedgerState state) {
        return LedgerQueries.founding(state).map(Founding::json).orElse("null");
    }

    private static String record(String json, ChaincodeStub stub, FabricState state) {
        Constitution constitution = constitution(state);
        Batch batch = Batch.parse(json);
        requireOneCustodyActPerUnit(batch.acts());
        state.fetch(batch.keys());
        String answers = batch.record(state, Clock.systemUTC().instant());
        state.write();
        guard(constitution, stub, state);
        return answers;
    }

    /**
     * Validators look at a key's policy as it stood before the block. A second handover in the same transaction would
     * pass without the organisation that answers for the unit in between.
     */
    private static void requireOneCustodyActPerUnit(List<SignedAct> acts) {
        Set<UUID> units = new HashSet<>();
        for (SignedAct signed : acts) {
            Subject subject = signed.act().subject();
            if (subject.kind() == Subject.Kind.CUSTODY && !units.add(subject.id())) {
                throw new IllegalStateException("ledger.one-custody-act-per-batch " + subject);
            }
        }
    }

    /** No change of custody without the peer of the organisation that has it, none of a gate without openers' peers. */
    private static void guard(Constitution constitution, ChaincodeStub stub, FabricState state) {
        // A batch has many acts of few organisations.
        Map<Guards.Guard, byte[]> policies = new HashMap<>();
        Guards.among(state.written(), state).forEach((key, guard) -> {
            byte[] policy = policies.computeIfAbsent(guard, each -> policy(constitution, each, state));
            // Writing a policy anew would void every other transaction on the key in the same block.
            if (state.isNew(key) || !Arrays.equals(policy, stub.getStateValidationParameter(key))) {
                stub.setStateValidationParameter(key, policy);
            }
        });
    }

    private static byte[] policy(Constitution constitution, Guards.Guard guard, FabricState state) {
        Constitution.Consent consent = constitution.consent(guard, state);
        return KeyPolicy.of(consent.all().stream().sorted().toList(), Guards.OPENERS, consent.some());
    }

    private static Constitution constitution(LedgerState state) {
        Constitution constitution = Constitution.of(state);
        if (constitution == null) {
            throw new IllegalStateException("this network has not been constituted");
        }
        return constitution;
    }

    private static void only(String msp, ChaincodeStub stub) {
        try {
            String caller = new ClientIdentity(stub).getMSPID();
            if (!caller.equals(msp)) {
                throw new IllegalStateException("only " + msp + " may do this, not " + caller);
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("the caller's certificate cannot be read", e);
        }
    }

    private static UUID uuid(String text) {
        return Subject.parse("custody:" + text).id();
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new MalformedAct("not a number: " + text);
        }
        return Integer.parseInt(text);
    }
}
