package org.yiqi.contract;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A small ledger with a regulator, the platform, two hospitals and a supplier, each with a key of its own. */
final class Consortium {

    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    /** An organisation with the private half of its key. */
    static final class Org {
        final UUID id;
        final SignatureAlgorithm alg;
        KeyPair pair;
        OrganisationKey key;

        Org(int number, SignatureAlgorithm alg) {
            this.id = new UUID(0x0192000000007000L, 0x8000000000000000L + number);
            this.alg = alg;
            newKey();
        }

        void newKey() {
            pair = alg.newKeyPair(new SecureRandom());
            key = OrganisationKey.of(id, alg, pair.getPublic().getEncoded(), OrganisationKey.Custody.HELD);
        }

        ActSignature sign(Act act) {
            return ActSignature.by(id, key.keyId(), alg, pair.getPrivate().getEncoded(), act);
        }
    }

    final LedgerState state = new MemoryState();
    final Org regulator = new Org(1, SignatureAlgorithm.SM2_SM3);
    final Org platform = new Org(2, SignatureAlgorithm.SM2_SM3);
    final Org people = new Org(3, SignatureAlgorithm.SM2_SM3);
    final Org union = new Org(4, SignatureAlgorithm.ECDSA_P256_SHA256);
    final Org supplier = new Org(5, SignatureAlgorithm.SM2_SM3);
    final Org recycler = new Org(6, SignatureAlgorithm.SM2_SM3);
    final List<Org> unrelated = List.of(
            new Org(7, SignatureAlgorithm.SM2_SM3),
            new Org(8, SignatureAlgorithm.SM2_SM3),
            new Org(9, SignatureAlgorithm.SM2_SM3));
    final UUID unit = new UUID(0x0192000000007000L, 0x8000000000000100L);

    private Instant now = START;
    private int serial;

    Consortium() {
        LedgerRules.found(
                new Founding(List.of(
                        new Founding.Founder(regulator.id, OrganisationKind.REGULATOR, true, List.of(regulator.key)),
                        new Founding.Founder(platform.id, OrganisationKind.PLATFORM, true, List.of(platform.key)))),
                state);
        join(people, OrganisationKind.HOSPITAL);
        join(union, OrganisationKind.HOSPITAL);
        join(supplier, OrganisationKind.SUPPLIER);
    }

    /** Those whom only some tests need. */
    Consortium withMore() {
        join(recycler, OrganisationKind.RECYCLER);
        unrelated.forEach(org -> join(org, OrganisationKind.HOSPITAL));
        return this;
    }

    private void join(Org org, OrganisationKind kind) {
        expectRecorded(signed(registered(org.id, kind, platform), platform));
        expectRecorded(signed(keyRegistered(org, platform), platform, org));
    }

    Act registered(UUID org, OrganisationKind kind, Org registrar) {
        return act("org.registered", Subject.organisation(org), Map.of("kind", kind.name()), registrar(registrar));
    }

    Act keyRegistered(Org org, Org registrar) {
        List<Party> parties = new ArrayList<>(List.of(new Party(org.id, PartyRole.ORGANISATION)));
        if (registrar != null) {
            parties.add(registrar(registrar));
        }
        return act("org.key-registered", Subject.organisation(org.id), org.key.body(), parties.toArray(Party[]::new));
    }

    static Party registrar(Org org) {
        return new Party(org.id, PartyRole.REGISTRAR);
    }

    static Party owner(Org org) {
        return new Party(org.id, PartyRole.OWNER);
    }

    static Party[] handover(Org giver, Org taker) {
        return new Party[] {new Party(giver.id, PartyRole.GIVER), new Party(taker.id, PartyRole.TAKER)};
    }

    /** The next act on a subject, one minute after the last that was made. */
    Act act(String type, Subject subject, Map<String, Object> body, Party... parties) {
        now = now.plusSeconds(60);
        return actAt(now, type, subject, body, parties);
    }

    Act actAt(Instant at, String type, Subject subject, Map<String, Object> body, Party... parties) {
        String previous = LedgerQueries.head(subject, state).map(Head::digest).orElse(null);
        UUID id = new UUID(0x0192000000007000L, 0x8000000000010000L + serial++);
        return new Act(id, type, 1, subject, at, List.of(parties), body, List.of(), previous);
    }

    Act custody(String type, Party... parties) {
        return act(type, Subject.custody(unit), Map.of(), parties);
    }

    Act hold(String type, Map<String, Object> body, Org holder) {
        return act(type, Subject.holds(unit), body, new Party(holder.id, PartyRole.HOLDER));
    }

    static Act imported(Act act, Org regulator) {
        Map<String, Object> body = new HashMap<>(act.body());
        body.put(Act.IMPORTED, true);
        List<Party> parties = new ArrayList<>(act.parties());
        parties.add(new Party(regulator.id, PartyRole.REGULATOR));
        return new Act(
                act.id(), act.type(), 1, act.subject(), act.occurredAt(), parties, body, List.of(), act.previous());
    }

    static SignedAct signed(Act act, Org... signers) {
        return new SignedAct(
                act, Arrays.stream(signers).map(org -> org.sign(act)).toList());
    }

    Outcome record(SignedAct act) {
        return LedgerRules.record(List.of(act), state).get(0);
    }

    Outcome record(Act act, Org... signers) {
        return record(signed(act, signers));
    }

    void expectRecorded(SignedAct act) {
        Outcome outcome = record(act);
        if (outcome.status() != Outcome.Status.RECORDED) {
            throw new AssertionError(outcome);
        }
    }

    void registerUnit() {
        expectRecorded(signed(custody("custody.registered", owner(people)), people));
    }

    /** A contract of two organisations, as an act that both have still to sign. */
    Act contract(UUID id, Org buyer, Org seller) {
        Act bare = act(
                "contract.signed",
                Subject.contract(id),
                Map.of("amount", "5000000", "currency", "CNY"),
                new Party(buyer.id, PartyRole.BUYER),
                new Party(seller.id, PartyRole.SUPPLIER));
        List<Evidence> file = List.of(new Evidence("contract", "SHA-256", "0".repeat(64)));
        return new Act(
                bare.id(),
                bare.type(),
                1,
                bare.subject(),
                bare.occurredAt(),
                bare.parties(),
                bare.body(),
                file,
                bare.previous());
    }

    /** The handover of the unit that a contract is for. */
    Act sale(UUID contract, Org giver, Org taker) {
        return act(
                "custody.accepted",
                Subject.custody(unit),
                Map.of("contract", contract.toString()),
                handover(giver, taker));
    }
}
