package org.yiqi.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What anyone may ask a ledger. Nothing here writes. */
public final class LedgerQueries {

    private LedgerQueries() {}

    /** What the ledger was founded with, if it has been founded. */
    public static Optional<Founding> founding(LedgerState state) {
        return Optional.ofNullable(new Register(state).founding());
    }

    /** The local ledger that this one continues, if it continues one. */
    public static Optional<Past> past(LedgerState state) {
        return Optional.ofNullable(new Register(state).past());
    }

    /** An act with its signatures. */
    public static Optional<SignedAct> act(UUID id, LedgerState state) {
        return Optional.ofNullable(new Register(state).act(id));
    }

    /** A subject's acts, first to last. */
    public static List<SignedAct> trace(Subject subject, LedgerState state) {
        Register register = new Register(state);
        List<SignedAct> acts = new ArrayList<>();
        for (UUID id : register.chainOf(subject)) {
            SignedAct act = register.act(id);
            if (act == null) {
                throw new IllegalStateException("the chain of " + subject + " names an act that is not there: " + id);
            }
            acts.add(act);
        }
        return acts;
    }

    /** Where a subject's chain stands, if it has begun. */
    public static Optional<Head> head(Subject subject, LedgerState state) {
        return Optional.ofNullable(new Register(state).head(subject));
    }

    /** What the ledger holds of a unit, if it knows it. */
    public static Optional<UnitStanding> unit(UUID unit, LedgerState state) {
        return Optional.ofNullable(new Register(state).unit(unit));
    }

    /** What the ledger knows of an organisation. */
    public static Optional<Member> member(UUID org, LedgerState state) {
        return Optional.ofNullable(new Register(state).member(org));
    }

    /** What the ledger holds of a tender. */
    public static Optional<TenderStanding> tender(UUID tender, LedgerState state) {
        return Optional.ofNullable(new Register(state).read(TenderStanding.key(tender), TenderStanding::parse));
    }

    /** All bids of a tender that were ever committed, those withdrawn included. */
    public static List<BidStanding> bids(UUID tender, LedgerState state) {
        return new Register(state).range(BidStanding.prefix(tender), BidStanding::parse);
    }

    /** The bids that a closing of the tender lists now: neither withdrawn nor made for other terms. */
    public static List<UUID> liveBids(UUID tender, LedgerState state) {
        Gate gate = new Register(state).read(Gate.key(tender), Gate::parse);
        return gate == null
                ? List.of()
                : bids(tender, state).stream()
                        .filter(bid -> bid.live(gate.terms()))
                        .map(BidStanding::id)
                        .toList();
    }

    /** What the ledger holds of a damage. */
    public static Optional<LiabilityStanding> liability(UUID liability, LedgerState state) {
        return Optional.ofNullable(
                new Register(state).read(LiabilityStanding.key(liability), LiabilityStanding::parse));
    }

    /** What the ledger holds of a disposal. */
    public static Optional<DisposalStanding> disposal(UUID disposal, LedgerState state) {
        return Optional.ofNullable(new Register(state).read(DisposalStanding.key(disposal), DisposalStanding::parse));
    }

    /** The disposal that a unit was last authorised for, if it ever was. */
    public static Optional<UUID> disposalOf(UUID unit, LedgerState state) {
        return Optional.ofNullable(DisposalRules.latest(unit, new Register(state)));
    }

    /** The organisations that may act as regulators. */
    public static List<UUID> regulators(LedgerState state) {
        return new Register(state).regulators();
    }

    /** Whose word on time counts, revoked ones included. */
    public static List<TimeAuthority> authorities(LedgerState state) {
        return new Register(state).range(TimeAuthority.key(""), TimeAuthority::parse);
    }

    /** How far a log of evidence is anchored, by the log's id. */
    public static Optional<AnchoredLog> log(UUID log, LedgerState state) {
        return Optional.ofNullable(new Register(state).read(AnchoredLog.key(log), AnchoredLog::parse));
    }

    /** The member service that an organisation runs itself, if it runs one. */
    public static Optional<String> msp(UUID org, LedgerState state) {
        return Optional.ofNullable(new Register(state).msp(org));
    }

    /** All keys that an organisation has had. */
    public static List<OrganisationKey> keys(UUID org, LedgerState state) {
        return new Register(state).keys(org);
    }

    /** Who answered for a unit at an instant; nobody before its registration and after its closing. */
    public static Optional<Responsibility> custodianAt(UUID unit, Instant instant, LedgerState state) {
        List<Act> chain =
                trace(Subject.custody(unit), state).stream().map(SignedAct::act).toList();
        return responsibilities(chain).stream()
                .filter(each -> each.covers(instant))
                .findFirst();
    }

    /** Who answered from when to when, from a unit's custody acts in their order. */
    public static List<Responsibility> responsibilities(List<Act> custody) {
        List<Responsibility> all = new ArrayList<>();
        @Nullable Responsibility open = null;
        for (Act act : custody) {
            if (act.type().equals("custody.offered")) {
                continue;
            }
            if (open != null) {
                all.add(new Responsibility(
                        open.custodian(), open.since(), open.from(), act.occurredAt(), open.imported()));
            }
            UUID next = act.party(act.type().equals("custody.registered") ? PartyRole.OWNER : PartyRole.TAKER)
                    .orElse(null);
            open = next == null || act.type().equals("custody.closed")
                    ? null
                    : new Responsibility(next, act.id(), act.occurredAt(), null, act.imported());
        }
        if (open != null) {
            all.add(open);
        }
        return List.copyOf(all);
    }
}
