package org.yiqi.contract;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose peers stand for whom on this network: said once, by the regulator, before the ledger is founded.
 *
 * @param regulator the member service without which nothing is endorsed
 * @param hosts whose peer stands for the organisations of a kind that run none of their own
 */
public record Constitution(String regulator, Map<OrganisationKind, String> hosts) {

    private static final String KEY = "constitution";

    public Constitution {
        hosts = Map.copyOf(hosts);
    }

    public static @Nullable Constitution of(LedgerState state) {
        String json = state.get(KEY);
        return json == null ? null : parse(json);
    }

    public void put(LedgerState state) {
        state.put(KEY, json());
    }

    /** Canonical JSON. */
    public String json() {
        Map<String, Object> names = new TreeMap<>();
        hosts.forEach((kind, msp) -> names.put(kind.name(), msp));
        return CanonicalJson.write(Map.of("hosts", names, "regulator", regulator));
    }

    /** Reads what {@link #json} wrote. */
    public static Constitution parse(String json) {
        Map<String, Object> tree = CanonicalJson.read(json);
        if (tree.size() != 2
                || !(tree.get("regulator") instanceof String regulator)
                || !(tree.get("hosts") instanceof Map<?, ?> named)) {
            throw new MalformedAct("a constitution names the regulator and the hosts");
        }
        Map<OrganisationKind, String> hosts = new EnumMap<>(OrganisationKind.class);
        for (OrganisationKind kind : OrganisationKind.values()) {
            if (!(named.get(kind.name()) instanceof String msp)) {
                throw new MalformedAct("nobody hosts the kind " + kind);
            }
            hosts.put(kind, msp);
        }
        if (named.size() != hosts.size()) {
            throw new MalformedAct("a host for a kind that there is not");
        }
        return new Constitution(regulator, hosts);
    }

    /** The member service whose peer consents for an organisation. */
    public String mspOf(UUID org, LedgerState state) {
        return LedgerQueries.msp(org, state)
                .or(() -> LedgerQueries.member(org, state).map(member -> hosts.get(member.kind())))
                .orElseThrow(() -> new IllegalStateException("no such organisation: " + org));
    }

    /**
     * The member services whose peers' consent an act needs besides the default policy's, as the ledger stands before it.
     *
     * @param all each of these
     * @param some {@link Guards#OPENERS} of these, or all where there are fewer
     */
    public record Consent(Set<String> all, List<String> some) {

        public Consent {
            all = Set.copyOf(all);
            some = List.copyOf(some);
        }
    }

    /** What a guard comes to in member services; the regulator is always among them. */
    public Consent consent(Guards.Guard guard, LedgerState state) {
        Set<String> all = new TreeSet<>(Set.of(regulator));
        all.addAll(msps(guard.all(), state));
        return new Consent(all, Guards.counted(msps(guard.some(), state), msps(guard.never(), state), regulator));
    }

    private List<String> msps(Collection<UUID> orgs, LedgerState state) {
        return orgs.stream().map(org -> mspOf(org, state)).toList();
    }
}
