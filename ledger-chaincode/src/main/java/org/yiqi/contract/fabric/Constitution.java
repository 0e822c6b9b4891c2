package org.yiqi.contract.fabric;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.LedgerState;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.OrganisationKind;

/**
 * Whose peers stand for whom on this network: said once, by the regulator, before the ledger is founded.
 *
 * @param regulator the member service without which nothing is endorsed
 * @param hosts whose peer stands for the organisations of a kind that run none of their own
 */
record Constitution(String regulator, Map<OrganisationKind, String> hosts) {

    private static final String KEY = "constitution";

    Constitution {
        hosts = Map.copyOf(hosts);
    }

    static @Nullable Constitution of(LedgerState state) {
        String json = state.get(KEY);
        return json == null ? null : parse(json);
    }

    void put(LedgerState state) {
        state.put(KEY, json());
    }

    String json() {
        Map<String, Object> names = new TreeMap<>();
        hosts.forEach((kind, msp) -> names.put(kind.name(), msp));
        return CanonicalJson.write(Map.of("hosts", names, "regulator", regulator));
    }

    static Constitution parse(String json) {
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
    String mspOf(UUID org, LedgerState state) {
        return LedgerQueries.msp(org, state)
                .or(() -> LedgerQueries.member(org, state).map(member -> hosts.get(member.kind())))
                .orElseThrow(() -> new IllegalStateException("no such organisation: " + org));
    }
}
