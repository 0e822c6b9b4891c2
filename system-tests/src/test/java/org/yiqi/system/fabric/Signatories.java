package org.yiqi.system.fabric;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.Founding;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;

/** Organisations with their keys, and the acts that they sign. It remembers where each subject's chain stands. */
final class Signatories {

    /** An organisation with the private half of its key. */
    static final class Org {
        final UUID id = newId();
        final OrganisationKind kind;
        KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
        OrganisationKey key = key(id, pair);

        Org(OrganisationKind kind) {
            this.kind = kind;
        }

        private static OrganisationKey key(UUID id, KeyPair pair) {
            return OrganisationKey.of(
                    id, SignatureAlgorithm.SM2_SM3, pair.getPublic().getEncoded(), OrganisationKey.Custody.HELD);
        }

        ActSignature sign(Act act) {
            return ActSignature.by(
                    id,
                    key.keyId(),
                    SignatureAlgorithm.SM2_SM3,
                    pair.getPrivate().getEncoded(),
                    act);
        }
    }

    final Org regulator = new Org(OrganisationKind.REGULATOR);
    final Org people = new Org(OrganisationKind.HOSPITAL);
    final Org union = new Org(OrganisationKind.HOSPITAL);
    final Org vendor = new Org(OrganisationKind.SUPPLIER);

    private final Map<Subject, String> heads = new HashMap<>();

    Founding founding() {
        return new Founding(
                List.of(new Founding.Founder(regulator.id, OrganisationKind.REGULATOR, true, List.of(regulator.key))));
    }

    /** Brings an organisation and its key in: two acts. */
    SignedAct[] join(Org org) {
        Subject subject = Subject.organisation(org.id);
        Act registered = next(subject, "org.registered", Map.of("kind", org.kind.name()), registrar());
        Act key = next(
                subject, "org.key-registered", org.key.body(), new Party(org.id, PartyRole.ORGANISATION), registrar());
        return new SignedAct[] {signed(registered, regulator), signed(key, regulator, org)};
    }

    private Party registrar() {
        return new Party(regulator.id, PartyRole.REGISTRAR);
    }

    SignedAct revokeKey(Org org) {
        Act act = next(
                Subject.organisation(org.id),
                "org.key-revoked",
                Map.of("keyId", org.key.keyId(), "reason", "KEY_LOST"),
                new Party(org.id, PartyRole.ORGANISATION),
                new Party(regulator.id, PartyRole.REGULATOR));
        return signed(act, regulator);
    }

    SignedAct registerUnit(UUID unit, Org owner) {
        return signed(
                next(Subject.custody(unit), "custody.registered", Map.of(), new Party(owner.id, PartyRole.OWNER)),
                owner);
    }

    /** A handover that both sides signed. */
    SignedAct accepted(UUID unit, Org giver, Org taker) {
        return signed(handover(unit, giver, taker), giver, taker);
    }

    Act handover(UUID unit, Org giver, Org taker) {
        return next(
                Subject.custody(unit),
                "custody.accepted",
                Map.of(),
                new Party(giver.id, PartyRole.GIVER),
                new Party(taker.id, PartyRole.TAKER));
    }

    SignedAct hold(UUID unit, Org holder) {
        return signed(
                next(
                        Subject.holds(unit),
                        "hold.placed",
                        Map.of("reason", "RECALL"),
                        new Party(holder.id, PartyRole.HOLDER)),
                holder);
    }

    /** The next act of a subject; from here on the chain goes on behind it. */
    private Act next(Subject subject, String type, Map<String, Object> body, Party... parties) {
        Act act = act(subject, type, body, heads.get(subject), parties);
        heads.put(subject, act.digest());
        return act;
    }

    /** When an act was refused, the chain goes on behind the one before it. */
    void forget(SignedAct refused) {
        Subject subject = refused.act().subject();
        if (refused.act().previous() == null) {
            heads.remove(subject);
        } else {
            heads.put(subject, refused.act().previous());
        }
    }

    private static Act act(
            Subject subject, String type, Map<String, Object> body, @Nullable String previous, Party... parties) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Act(newId(), type, 1, subject, now, List.of(parties), body, List.of(), previous);
    }

    static SignedAct signed(Act act, Org... signers) {
        return new SignedAct(
                act, Arrays.stream(signers).map(org -> org.sign(act)).toList());
    }

    /** UUIDv7. */
    static UUID newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long time = System.currentTimeMillis() << 16 | 0x7000L | random.nextLong(0x1000L);
        return new UUID(time, random.nextLong() >>> 2 | 0x8000000000000000L);
    }
}
