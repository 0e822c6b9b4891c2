package org.yiqi.contract;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tender of the people's hospital with three openers, two lots and a time authority, on a ledger with its own clock. */
final class Tendering {

    static final Duration WINDOW = Duration.ofDays(20);

    /** A sealed bid with its one-time key and what reveals it. */
    static final class Bid {
        final UUID id;
        final String lot;
        final Consortium.Org bidder;
        final KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
        final String salt = "5a".repeat(32);

        Bid(int number, String lot, Consortium.Org bidder) {
            this.id = new UUID(0x0192000000007000L, 0x9000000000000000L + number);
            this.lot = lot;
            this.bidder = bidder;
        }

        SignedAct signed(Act act) {
            String keyId = OrganisationKey.fingerprint(pair.getPublic().getEncoded());
            return new SignedAct(
                    act,
                    List.of(ActSignature.by(
                            id,
                            keyId,
                            SignatureAlgorithm.SM2_SM3,
                            pair.getPrivate().getEncoded(),
                            act)));
        }
    }

    final Consortium c = new Consortium();
    final UUID tender = new UUID(0x0192000000007000L, 0x8000000000000200L);
    final Subject subject = Subject.tender(tender);
    final List<Consortium.Org> openers = List.of(c.regulator, c.people, c.union);
    final Map<Consortium.Org, KeyPair> openerKeys = new HashMap<>();
    final TimeStamping authority = new TimeStamping(SignatureAlgorithm.SM2_SM3);
    Instant deadline = Consortium.START.plus(WINDOW);
    private int bids;

    Tendering() {
        openers.forEach(org -> openerKeys.put(org, SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom())));
        c.expectRecorded(Consortium.signed(authorityRegistered(authority, c.union, c.regulator), c.regulator));
    }

    Act authorityRegistered(TimeStamping which, Consortium.Org org, Consortium.Org registrar) {
        return c.act(
                "org.authority-registered",
                Subject.organisation(org.id),
                Map.of("certificate", which.certificate()),
                new Party(org.id, PartyRole.ORGANISATION),
                Consortium.registrar(registrar));
    }

    Act published(List<Consortium.Org> who, int threshold, String... envelopes) {
        List<Object> keys = new ArrayList<>();
        for (Consortium.Org org : who) {
            KeyPair pair =
                    openerKeys.computeIfAbsent(org, o -> SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom()));
            for (String envelope : envelopes) {
                KeyPair own =
                        envelope.equals("PRICE") ? pair : SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
                byte[] proof = SignatureAlgorithm.SM2_SM3.sign(
                        own.getPrivate().getEncoded(), TenderStanding.openersProof(tender, org.id, envelope));
                keys.add(Map.of(
                        "envelope", envelope,
                        "key",
                                Base64.getEncoder()
                                        .encodeToString(own.getPublic().getEncoded()),
                        "opener", org.id.toString(),
                        "proof", Base64.getEncoder().encodeToString(proof)));
            }
        }
        Map<String, Object> body = Map.of(
                "deadline", deadline.toString(),
                "envelopes", List.of(envelopes),
                "lots", List.of("1", "2"),
                "openers", keys,
                "threshold", Integer.toString(threshold));
        List<Party> parties = new ArrayList<>(List.of(new Party(c.people.id, PartyRole.BUYER)));
        who.forEach(org -> parties.add(new Party(org.id, PartyRole.OPENER)));
        return supported(c.act("tender.published", subject, body, parties.toArray(Party[]::new)));
    }

    static Act supported(Act act) {
        return new Act(
                act.id(),
                act.type(),
                1,
                act.subject(),
                act.occurredAt(),
                act.parties(),
                act.body(),
                List.of(new Evidence("documents", "SM3", "ab".repeat(32))),
                act.previous());
    }

    void publish(String... envelopes) {
        expectRecorded(Consortium.signed(published(openers, 2, envelopes), openers.toArray(Consortium.Org[]::new)));
    }

    Outcome at(Instant clock, SignedAct act) {
        return LedgerRules.record(List.of(act), c.state, clock).get(0);
    }

    /** By a clock that agrees with the act. */
    Outcome record(SignedAct act) {
        return at(act.act().occurredAt(), act);
    }

    void expectRecorded(SignedAct act) {
        Outcome outcome = record(act);
        if (outcome.status() != Outcome.Status.RECORDED) {
            throw new AssertionError(act.act().type() + ": " + outcome);
        }
    }

    Bid bid(String lot, Consortium.Org bidder) {
        return new Bid(bids++, lot, bidder);
    }

    Act committed(Bid bid, TimeStamping by, Instant stampedAt, Instant occurredAt) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "alg", SignatureAlgorithm.SM2_SM3.name(),
                "bidder", BidRules.bidder(bid.salt, bid.bidder.id),
                "commitment", "cd".repeat(32),
                "lot", bid.lot,
                "publicKey",
                        Base64.getEncoder().encodeToString(bid.pair.getPublic().getEncoded()),
                "tender", tender.toString(),
                "terms", terms()));
        Act unstamped = c.actAt(occurredAt, "bid.committed", Subject.bid(bid.id), body);
        body.put("token", by.token(BidRules.stamped(unstamped), stampedAt));
        return new Act(
                unstamped.id(),
                unstamped.type(),
                1,
                unstamped.subject(),
                unstamped.occurredAt(),
                List.of(),
                body,
                List.of(),
                unstamped.previous());
    }

    SignedAct commit(Bid bid) {
        Instant at = deadline.minus(Duration.ofHours(1));
        return bid.signed(committed(bid, authority, at, at));
    }

    String terms() {
        return LedgerQueries.trace(subject, c.state).stream()
                .map(SignedAct::act)
                .filter(act ->
                        act.type().equals("tender.published") || act.type().equals("tender.amended"))
                .reduce((a, b) -> b)
                .map(Act::digest)
                .orElse("0".repeat(64));
    }

    SignedAct withdraw(Bid bid) {
        return bid.signed(c.actAt(
                deadline.minus(Duration.ofHours(1)),
                "bid.withdrawn",
                Subject.bid(bid.id),
                Map.of("tender", tender.toString())));
    }

    SignedAct reveal(Bid bid) {
        Act act = c.actAt(
                landed(),
                "bid.revealed",
                Subject.bid(bid.id),
                Map.of("salt", bid.salt, "tender", tender.toString()),
                new Party(bid.bidder.id, PartyRole.BIDDER));
        return Consortium.signed(act, bid.bidder);
    }

    Instant landed() {
        return deadline.plus(TenderStanding.LANDING);
    }

    SignedAct close(Bid... live) {
        return buyer("tender.closed", Map.of("bids", ids(live)));
    }

    static List<String> ids(Bid... bids) {
        return Arrays.stream(bids).map(bid -> bid.id.toString()).toList();
    }

    SignedAct buyer(String type, Map<String, Object> body, Party... more) {
        List<Party> parties = new ArrayList<>(List.of(new Party(c.people.id, PartyRole.BUYER)));
        parties.addAll(List.of(more));
        return Consortium.signed(c.actAt(landed(), type, subject, body, parties.toArray(Party[]::new)), c.people);
    }

    SignedAct open(String envelope, List<Consortium.Org> who, Bid... bids) {
        List<Object> contents = new ArrayList<>();
        for (Bid bid : bids) {
            contents.add(Map.of("bid", bid.id.toString(), "content", "ef".repeat(32)));
        }
        return opened(envelope, who, contents);
    }

    SignedAct opened(String envelope, List<Consortium.Org> who, List<Object> contents, Party... more) {
        List<Party> parties = new ArrayList<>();
        who.forEach(org -> parties.add(new Party(org.id, PartyRole.OPENER)));
        parties.addAll(List.of(more));
        Act act = c.actAt(
                landed(),
                "tender.opened",
                subject,
                Map.of("bids", contents, "envelope", envelope),
                parties.toArray(Party[]::new));
        return Consortium.signed(act, who.toArray(Consortium.Org[]::new));
    }

    SignedAct score(String envelope, Bid... qualified) {
        return buyer(
                "tender.scored", Map.of("envelope", envelope, "qualified", ids(qualified), "root", "12".repeat(32)));
    }

    SignedAct award(Bid bid) {
        return buyer(
                "tender.awarded",
                Map.of("amount", "6816000", "bid", bid.id.toString(), "currency", "CNY", "lot", bid.lot),
                new Party(bid.bidder.id, PartyRole.BIDDER));
    }

    SignedAct contract(UUID id, Bid bid, String amount) {
        Act act = supported(c.actAt(
                landed(),
                "contract.signed",
                Subject.contract(id),
                Map.of("amount", amount, "currency", "CNY", "lot", bid.lot, "tender", tender.toString()),
                new Party(c.people.id, PartyRole.BUYER),
                new Party(bid.bidder.id, PartyRole.SUPPLIER)));
        return Consortium.signed(act, c.people, bid.bidder);
    }
}
