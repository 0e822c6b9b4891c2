package org.yiqi.rental;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.yiqi.rental.domain.Actor;
import org.yiqi.rental.domain.Rental;
import org.yiqi.shared.Ids;
import org.yiqi.shared.problem.BusinessException;

/** Whatever anyone tries in whatever order: custody has one holder, and moves only when both have signed. */
class RentalPropertyTest {

    enum Verb {
        SUBMIT,
        APPROVE_OWNER,
        APPROVE_PLATFORM,
        REJECT,
        CANCEL,
        DISPATCH,
        DELIVER,
        CONFIRM,
        OVERDUE,
        PROPOSE_EXTENSION,
        AGREE_EXTENSION,
        RETURN,
        INSPECT_SOUND,
        INSPECT_DAMAGED,
        WAIVE,
        CLOSE
    }

    private static final Set<RentalState> BEFORE_APPROVAL =
            EnumSet.of(RentalState.DRAFT, RentalState.UNDER_REVIEW, RentalState.REJECTED, RentalState.CANCELLED);

    enum Who {
        OWNER,
        LESSEE,
        PLATFORM,
        STRANGER,
        APPLICANT
    }

    record Try(Verb verb, Who who) {}

    @Property(tries = 500)
    void noSequenceOfVerbsReachesTwoCustodiansOrSkipsASignature(@ForAll("tries") List<Try> tries) {
        RentalExamples e = new RentalExamples();
        Rental rental = e.draft();
        Ledger ledger = new Ledger(e);
        Instant now = RentalExamples.NOW;
        for (Try t : tries) {
            now = now.plus(Duration.ofMinutes(7));
            RentalState before = rental.state();
            UUID custodian = rental.custodian();
            try {
                act(rental, ledger, t, e, now);
            } catch (BusinessException refused) {
                assertEquals(before, rental.state(), "a refused act changes nothing");
            }
            assertEquals(ledger.custodian, rental.custodian());
            if (!custodian.equals(rental.custodian())) {
                assertTrue(ledger.signedByBoth(ledger.last), "custody moved without both signatures");
            }
            if (!BEFORE_APPROVAL.contains(rental.state())) {
                assertEquals(2, rental.review().approvals().size(), "nothing moves without owner and platform");
                Set<UUID> people = new HashSet<>();
                rental.review().approvals().forEach(a -> people.add(a.personId()));
                assertEquals(2, people.size());
                assertTrue(!people.contains(e.applicant().personId()));
            }
        }
    }

    @Example
    void theStraightPathReachesItsEndInTheSameHarness() {
        RentalExamples e = new RentalExamples();
        Rental rental = e.draft();
        Ledger ledger = new Ledger(e);
        for (Try t : List.of(
                new Try(Verb.SUBMIT, Who.APPLICANT),
                new Try(Verb.APPROVE_OWNER, Who.OWNER),
                new Try(Verb.APPROVE_PLATFORM, Who.PLATFORM),
                new Try(Verb.DISPATCH, Who.OWNER),
                new Try(Verb.DELIVER, Who.OWNER),
                new Try(Verb.CONFIRM, Who.LESSEE),
                new Try(Verb.RETURN, Who.LESSEE),
                new Try(Verb.INSPECT_SOUND, Who.OWNER),
                new Try(Verb.CLOSE, Who.OWNER))) {
            act(rental, ledger, t, e, RentalExamples.NOW);
        }
        assertEquals(RentalState.CLOSED, rental.state());
    }

    /** Mostly the one who may, so that runs get far; sometimes anyone. */
    @Provide
    Arbitrary<List<Try>> tries() {
        Arbitrary<Try> right = Arbitraries.of(Verb.class).map(v -> new Try(v, RIGHT.getOrDefault(v, Who.OWNER)));
        Arbitrary<Try> any = Combinators.combine(Arbitraries.of(Verb.class), Arbitraries.of(Who.class))
                .as(Try::new);
        return Arbitraries.frequencyOf(Tuple.of(3, right), Tuple.of(1, any))
                .list()
                .ofMinSize(1)
                .ofMaxSize(400);
    }

    private static final Map<Verb, Who> RIGHT = Map.of(
            Verb.SUBMIT, Who.APPLICANT,
            Verb.APPROVE_PLATFORM, Who.PLATFORM,
            Verb.CONFIRM, Who.LESSEE,
            Verb.PROPOSE_EXTENSION, Who.LESSEE,
            Verb.RETURN, Who.LESSEE);

    private static void act(Rental rental, Ledger ledger, Try t, RentalExamples e, Instant now) {
        Actor actor = e.actor(t.who());
        UUID act = Ids.next();
        switch (t.verb()) {
            case SUBMIT -> rental.submit(actor, now);
            case APPROVE_OWNER -> rental.approve(Side.OWNER, actor, now);
            case APPROVE_PLATFORM -> rental.approve(Side.PLATFORM, e.platformOr(actor), now);
            case REJECT -> {
                // Rejections would end most runs at once; they are tried when the run is already long.
                if (rental.steps().size() > 9) {
                    rental.reject(Side.OWNER, actor, "no", now);
                }
            }
            case CANCEL -> {
                if (rental.steps().size() > 9) {
                    rental.cancel(actor, "no", now);
                }
            }
            case DISPATCH -> rental.dispatch(actor, "carrier", "seal", act, now);
            case DELIVER -> {
                rental.deliver(actor, act, now);
                ledger.propose(act, actor, rental.contract().lesseeOrg());
            }
            case CONFIRM -> ledger.sign(rental, rental.confirmDelivery(actor), actor, now);
            case OVERDUE -> rental.becomeOverdue(now.plus(Duration.ofDays(30)));
            case PROPOSE_EXTENSION ->
                rental.proposeExtension(
                        actor, act, rental.contract().period().to().plus(Duration.ofDays(1)), now);
            case AGREE_EXTENSION -> rental.agreeExtension(actor, now);
            case RETURN -> {
                rental.giveBack(actor, rental.journey().uses() + 1, act, now);
                ledger.propose(act, actor, rental.contract().ownerOrg());
            }
            case INSPECT_SOUND -> ledger.sign(rental, rental.inspect(actor, ""), actor, now);
            case INSPECT_DAMAGED -> ledger.sign(rental, rental.inspect(actor, "scratched"), actor, now);
            case WAIVE -> rental.waiveDamage(actor, now);
            case CLOSE -> rental.close(actor, now);
        }
    }

    /** What the ledger would hold: signatures per act, and who has custody by them. */
    private static final class Ledger {
        private final Map<UUID, Set<UUID>> signers = new HashMap<>();
        private final Map<UUID, UUID> takers = new HashMap<>();
        private UUID custodian;
        private UUID last = Ids.next();

        Ledger(RentalExamples e) {
            custodian = e.actor(Who.OWNER).orgId();
        }

        void propose(UUID act, Actor actor, UUID taker) {
            assertEquals(custodian, actor.orgId(), "only who holds it gives it");
            signers.put(act, new HashSet<>(Set.of(actor.orgId())));
            takers.put(act, taker);
        }

        void sign(Rental rental, UUID act, Actor actor, Instant now) {
            signers.get(act).add(actor.orgId());
            if (signedByBoth(act)) {
                custodian = takers.get(act);
                last = act;
                rental.signed(act, now);
            }
        }

        boolean signedByBoth(UUID act) {
            return signers.getOrDefault(act, Set.of()).size() == 2;
        }
    }
}
