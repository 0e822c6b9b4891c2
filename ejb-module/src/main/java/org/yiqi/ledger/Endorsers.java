package org.yiqi.ledger;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Guards;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.LedgerState;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.fabric.FabricNetwork;

/**
 * Whose peers are asked to endorse: as few as the channel's policy allows. The regulator and one other organisation for
 * everything; for the custody of a unit that other one is whoever stands for the organisation that answers for it now, and
 * a tender's gate needs openers.
 */
final class Endorsers {

    private final FabricNetwork network;
    private int preferred;

    Endorsers(FabricNetwork network) {
        this.network = network;
    }

    /**
     * The member services that must consent to an act besides the regulator's: to a custody act that of the organisation that
     * answers for the unit, none for a unit that is not on the ledger yet; to a change of a tender's gate those of openers.
     *
     * @param silent those that do not answer; where there is a choice, others are asked
     */
    Set<String> consentsTo(Act act, LedgerState state, Set<String> silent) {
        if (act.previous() == null) {
            return Set.of();
        }
        if (act.subject().kind() == Subject.Kind.CUSTODY) {
            return LedgerQueries.unit(act.subject().id(), state)
                    .flatMap(unit -> standsFor(unit.custodian(), state))
                    .map(Set::of)
                    .orElse(Set.of());
        }
        if (act.subject().kind() == Subject.Kind.TENDER && Guards.changesGate(act.type())) {
            return LedgerQueries.tender(act.subject().id(), state)
                    .map(tender -> openers(Guards.ofGate(tender), state, silent))
                    .orElse(Set.of());
        }
        return Set.of();
    }

    private Set<String> openers(Guards.Guard gate, LedgerState state, Set<String> silent) {
        List<String> counted = Guards.counted(
                gate.some().stream()
                        .flatMap(org -> standsFor(org, state).stream())
                        .toList(),
                gate.never().stream()
                        .flatMap(org -> standsFor(org, state).stream())
                        .toList(),
                network.regulator());
        return counted.stream()
                .sorted(Comparator.comparing(silent::contains))
                .limit(Guards.OPENERS)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<String> standsFor(UUID org, LedgerState state) {
        String own = state.get("msp/" + org);
        if (own != null) {
            return text(own, "msp");
        }
        String constitution = state.get("constitution");
        if (constitution == null || !(CanonicalJson.read(constitution).get("hosts") instanceof Map<?, ?> hosts)) {
            return Optional.empty();
        }
        return LedgerQueries.member(org, state)
                .map(member -> hosts.get(member.kind().name()))
                .map(String::valueOf);
    }

    private static Optional<String> text(String json, String field) {
        @Nullable Object value = CanonicalJson.read(json).get(field);
        return Optional.ofNullable(value).map(String::valueOf);
    }

    /** Everybody who must endorse a transaction with these consents. */
    Set<String> with(Set<String> consents) {
        List<String> partners = network.partners();
        Set<String> all = new LinkedHashSet<>();
        all.add(network.regulator());
        all.addAll(consents);
        if (partners.stream().noneMatch(all::contains) && !partners.isEmpty()) {
            all.add(partners.get(preferred % partners.size()));
        }
        return all;
    }

    /** Somebody did not answer: where there is a choice, ask another one next time. */
    void askAnother() {
        preferred++;
    }
}
