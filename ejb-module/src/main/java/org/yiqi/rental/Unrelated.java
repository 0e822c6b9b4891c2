package org.yiqi.rental;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.db.Sql;

/** Whether an organisation has anything to do with those who may have to answer for a damage. */
@ApplicationScoped
class Unrelated {

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    Organisations organisations;

    @Inject
    Clock clock;

    /** What stands against the organisation judging in a case, as a rule in a few words; null when nothing does. */
    @Nullable
    String conflict(LiabilityView seen, UUID org) {
        OrganisationView judge = organisations.get(org);
        if (judge.kind().equals("PLATFORM") || judge.kind().equals("REGULATOR")) {
            return "neither the platform nor a regulator";
        }
        if (seen.party(org).isPresent()) {
            return "not a party of the case";
        }
        List<UUID> parties =
                seen.parties().stream().map(LiabilityView.Party::org).toList();
        for (UUID party : parties) {
            if (samePerson(judge, organisations.get(party))) {
                return "not the same legal person as a party";
            }
        }
        return dealings(org, parties, store.rules(seen.rulesOf()).unrelatedMonths());
    }

    /** A branch has its own name and shares its head's credit code but for the last digits, or its telephone or mail. */
    private static boolean samePerson(OrganisationView a, OrganisationView b) {
        boolean code = !a.creditCode().isBlank() && a.creditCode().equals(b.creditCode());
        boolean mail = !a.email().isBlank() && a.email().equalsIgnoreCase(b.email());
        boolean phone = !a.phone().isBlank() && a.phone().equals(b.phone());
        return code || mail || phone;
    }

    private @Nullable String dealings(UUID org, List<UUID> parties, int months) {
        Instant since = ZonedDateTime.ofInstant(clock.instant(), Liabilities.ZONE)
                .minusMonths(months)
                .toInstant();
        List<String> others = parties.stream().map(UUID::toString).toList();
        return store.beyondTenant(() -> {
            boolean rented = sql.exists("""
                    select 1 from rental.rental where to_at >= ? and state not in ('DRAFT', 'REJECTED', 'CANCELLED')
                      and ((owner_org = ? and lessee_org = any(cast(? as uuid[]))) or (lessee_org = ? and owner_org = any(cast(? as uuid[]))))
                    limit 1""", since, org, others, org, others);
            return rented ? "no rental with a party in the last " + months + " months" : null;
        });
    }
}
