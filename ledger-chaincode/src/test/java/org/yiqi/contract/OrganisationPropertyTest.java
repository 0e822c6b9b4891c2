package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yiqi.contract.Consortium.signed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Keys come and go; what speaks for an organisation is never more than its model says. */
class OrganisationPropertyTest {

    private enum Kind {
        ADD,
        ROTATE,
        REVOKE,
        REGULATOR_REVOKES,
        REGULATOR_VOUCHES,
        PLATFORM_VOUCHES,
        SUSPEND,
        REINSTATE
    }

    /**
     * @param signer which of the organisation's keys so far signs
     * @param held whether a new key is held
     */
    record Attempt(Kind kind, int signer, int target, boolean held) {}

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        Arbitrary<Integer> keys = Arbitraries.integers().between(0, 3);
        return Combinators.combine(Arbitraries.of(Kind.class), keys, keys, Arbitraries.of(true, false))
                .as(Attempt::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(20);
    }

    @Property(tries = 40)
    void onlyAValidKeyDecidesAboutTheNextAndHeldAndManagedNeverMix(@ForAll("attempts") List<Attempt> attempts) {
        Consortium c = new Consortium();
        List<Consortium.Org> keys = new ArrayList<>(List.of(c.people));
        Set<Integer> active = new HashSet<>(Set.of(0));
        boolean suspended = false;
        for (Attempt a : attempts) {
            int signer = a.signer() % keys.size();
            int target = a.target() % keys.size();
            Consortium.Org old = keys.get(signer);
            Consortium.Org fresh = fresh(c, a.held());
            boolean sameKind = custodyOf(keys, active, -1, a.held());
            boolean allowed =
                    switch (a.kind()) {
                        case ADD -> !suspended && active.contains(signer) && sameKind;
                        case ROTATE ->
                            active.contains(signer)
                                    && active.contains(target)
                                    && custodyOf(keys, active, target, a.held());
                        case REVOKE -> active.contains(signer) && active.contains(target);
                        case REGULATOR_REVOKES -> active.contains(target);
                        case REGULATOR_VOUCHES -> !suspended && active.isEmpty();
                        case PLATFORM_VOUCHES -> false;
                        case SUSPEND -> !suspended;
                        case REINSTATE -> suspended;
                    };
            boolean recorded = c.record(act(c, a, old, keys.get(target), fresh)).status() == Outcome.Status.RECORDED;
            assertEquals(allowed, recorded, () -> a + " in " + attempts);
            if (recorded) {
                switch (a.kind()) {
                    case ADD, REGULATOR_VOUCHES, PLATFORM_VOUCHES -> {
                        active.add(keys.size());
                        keys.add(fresh);
                    }
                    case ROTATE -> {
                        active.remove(target);
                        active.add(keys.size());
                        keys.add(fresh);
                    }
                    case REVOKE, REGULATOR_REVOKES -> active.remove(target);
                    case SUSPEND -> suspended = true;
                    case REINSTATE -> suspended = false;
                }
            }
            List<OrganisationKey> valid = LedgerQueries.keys(c.people.id, c.state).stream()
                    .filter(OrganisationKey::active)
                    .toList();
            assertEquals(active.size(), valid.size());
            assertTrue(valid.stream().map(OrganisationKey::custody).distinct().count() <= 1);
        }
    }

    private static boolean custodyOf(List<Consortium.Org> keys, Set<Integer> active, int except, boolean held) {
        return active.stream()
                .filter(i -> i != except)
                .allMatch(i -> (keys.get(i).key.custody() == OrganisationKey.Custody.HELD) == held);
    }

    private static Consortium.Org fresh(Consortium c, boolean held) {
        Consortium.Org org = new Consortium.Org(3, c.people.alg);
        org.key = OrganisationKey.of(
                org.id,
                org.alg,
                org.pair.getPublic().getEncoded(),
                held ? OrganisationKey.Custody.HELD : OrganisationKey.Custody.MANAGED);
        return org;
    }

    private static SignedAct act(
            Consortium c, Attempt a, Consortium.Org old, Consortium.Org target, Consortium.Org fresh) {
        Party own = new Party(c.people.id, PartyRole.ORGANISATION);
        Party regulator = new Party(c.regulator.id, PartyRole.REGULATOR);
        Map<String, Object> gone = Map.of("keyId", target.key.keyId(), "reason", "LOST");
        Map<String, Object> reason = Map.of("reason", "LICENCE_WITHDRAWN");
        return switch (a.kind()) {
            case ADD -> signed(c.keyRegistered(fresh, null), old, fresh);
            case ROTATE -> {
                Map<String, Object> body = new HashMap<>(fresh.key.body());
                body.put("replaces", target.key.keyId());
                yield signed(c.act("org.key-rotated", Subject.organisation(c.people.id), body, own), old, fresh);
            }
            case REVOKE -> signed(c.act("org.key-revoked", Subject.organisation(c.people.id), gone, own), old);
            case REGULATOR_REVOKES ->
                signed(c.act("org.key-revoked", Subject.organisation(c.people.id), gone, own, regulator), c.regulator);
            case REGULATOR_VOUCHES -> signed(c.keyRegistered(fresh, c.regulator), c.regulator, fresh);
            case PLATFORM_VOUCHES -> signed(c.keyRegistered(fresh, c.platform), c.platform, fresh);
            case SUSPEND ->
                signed(c.act("org.suspended", Subject.organisation(c.people.id), reason, regulator), c.regulator);
            case REINSTATE ->
                signed(c.act("org.reinstated", Subject.organisation(c.people.id), reason, regulator), c.regulator);
        };
    }
}
