package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.Journal;
import org.yiqi.disposal.AuctionStore.Auction;
import org.yiqi.disposal.domain.Bidding;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Auctions among qualified recyclers. Every bid is judged under the auction's lock, at the moment at which it gets it: so there
 * is one order of bids for all to see, and a bid that was answered is in it.
 *
 * <p>A sealed bid is handed in as {@link #digest}: nobody can read the amount before its bidder tells it after the end, and the
 * bidder cannot change it. Who does not tell loses the deposit, so keeping silent does not pay.
 */
@Stateless
@Secured
public class Auctions {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9]{16,64}");
    private static final long MOST_MONEY = 1_000_000_000_000L;

    private static final Listing<AuctionRow> LISTING = Listing.of(
                    "a.*", "disposal.auction a", "a.id", AuctionStore::row)
            .sort("closesAt", "a.closes_at", "timestamptz")
            .sort("opensAt", "a.opens_at", "timestamptz")
            .sort("start", "a.start_minor", "bigint")
            .sort("number", "a.number", "text")
            .defaultSort("-closesAt")
            .filter("state", "a.state", "text")
            .filter("kind", "a.kind", "text")
            .filter("category", "a.category", "text")
            .filter("region", "a.region_code", "text")
            .filter("owner", "a.owner_id", "uuid")
            .filter("disposal", "a.disposal_id", "uuid")
            .filterWhere(
                    "bidder",
                    "exists (select 1 from disposal.bidder b where b.auction_id = a.id and b.org_id = any(cast(? as uuid[])))",
                    "uuid")
            .search("(a.number || ' ' || a.unit_zh || ' ' || a.unit_en) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    AuctionStore store;

    @Inject
    DisposalStore disposalStore;

    @Inject
    Listings listings;

    @Inject
    Journal journal;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** Filters: {@code state, kind, category, region, owner, disposal, bidder}; sorts: {@code closesAt, opensAt, start, number}. */
    @RolesAllowed("**")
    public Page<AuctionRow> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<AuctionRow> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** @throws NotFound {@code disposal.auction-not-found} */
    @RolesAllowed("**")
    public AuctionView get(UUID id) {
        return store.view(id, caller.orgId(), clock.instant());
    }

    /**
     * Puts a unit that was let go up for auction. Recyclers see it at once, with its photos; bidding begins when the time to
     * correct the listing is over.
     *
     * @throws RuleViolation {@code disposal.listing-invalid} naming each field
     * @throws Conflict {@code disposal.wrong-state}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public AuctionView open(UUID disposalId, ListUnit wanted) {
        DisposalView disposal = disposalStore.in(disposalId, DisposalState.AUTHORISED);
        disposalStore.refuseOthers(disposal);
        DisposalView.Route route = disposal.route();
        if (route != null && !route.way().isSale()) {
            throw new Conflict("disposal.other-way", "The unit was let go for another way than a sale");
        }
        UUID id = listings.insert(disposal, wanted, 1);
        audit.write("disposal.listed", disposalId.toString(), Map.of("auction", id.toString()));
        return get(id);
    }

    /**
     * Corrects the description while there is time for it.
     *
     * @throws Conflict {@code disposal.bidding-began}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public AuctionView correct(UUID id, String description) {
        Auction seen = store.get(id);
        if (!seen.ownerId().equals(caller.orgId())) {
            throw new NotPermitted("disposal.owner-only", "Only the owner does this");
        }
        Auction auction = store.lock(id);
        if (auction.state() != AuctionState.RUNNING || auction.phase(clock.instant()) != Bidding.Phase.RECTIFICATION) {
            throw new Conflict("disposal.bidding-began", "The time to correct the listing is over");
        }
        if (description.isBlank() || description.length() > 4000) {
            throw new RuleViolation("disposal.listing-invalid", "Describe the unit")
                    .at("/description", "1 to 4000 characters");
        }
        sql.update(
                "update disposal.auction set version = version + 1, description = ? where id = ?",
                description.strip(),
                id);
        audit.write("disposal.listing-corrected", id.toString(), Map.of());
        return get(id);
    }

    /**
     * Takes part: the deposit is paid to the owner and stands in the books of both.
     *
     * @param reference of the bank transfer
     * @throws NotPermitted {@code disposal.not-qualified}, {@code disposal.owners-side}
     * @throws Conflict {@code disposal.joined-before}, {@code disposal.auction-over}
     */
    @RolesAllowed(Roles.RECYCLER)
    public AuctionView join(UUID id, String reference) {
        Auction auction = store.get(id);
        refuseUnqualified();
        if (auction.ownerId().equals(caller.orgId())
                || sql.first(
                                "select disposal.is_member(?,?)",
                                rs -> rs.getBoolean(1),
                                caller.personId(),
                                auction.ownerId())
                        .orElse(false)) {
            throw new NotPermitted("disposal.owners-side", "Nobody of the owner's side bids");
        }
        if (auction.state() != AuctionState.RUNNING
                || !clock.instant().isBefore(auction.bidding().closesAt())) {
            throw new Conflict("disposal.auction-over", "The auction is over");
        }
        if (reference.isBlank() || reference.length() > 120) {
            throw new RuleViolation("disposal.reference-missing", "Name the bank transfer")
                    .at("/reference", "1 to 120 characters");
        }
        UUID deposit = Ids.next();
        Money amount = Money.ofMinor(
                sql.first("select deposit_minor from disposal.auction where id = ?", rs -> rs.getLong(1), id)
                        .orElseThrow(),
                auction.currency());
        // The number of the place is drawn one after the other; two who come at once wait for each other here.
        sql.exists("select pg_advisory_xact_lock(hashtextextended(?, 0))", "auction-place/" + id);
        sql.update(
                """
                insert into disposal.bidder(auction_id, org_id, owner_id, place, deposit_id, deposit_minor, reference, state, joined_at)
                values (?,?,?, disposal.places(?) + 1, ?,?,?, 'HELD', ?)""",
                id,
                caller.orgId(),
                auction.ownerId(),
                id,
                deposit,
                amount.minor(),
                reference.strip(),
                clock.instant());
        journal.depositHeld(deposit, auction.ownerId(), caller.orgId(), amount);
        audit.write("disposal.bidder-joined", id.toString(), Map.of("deposit", amount.toString()));
        return get(id);
    }

    /**
     * Bids in a public auction; for a Dutch one takes the price of the moment.
     *
     * @throws NotPermitted {@code disposal.not-joined}, {@code disposal.not-qualified}
     * @throws Conflict {@code disposal.auction-not-open}, {@code disposal.auction-over}
     * @throws RuleViolation {@code disposal.bid-too-low}, {@code disposal.bid-not-the-price}, {@code disposal.bid-kind}
     */
    @RolesAllowed(Roles.RECYCLER)
    public AuctionView bid(UUID id, Money amount) {
        Auction auction = bidding(id);
        if (auction.bidding().kind() == AuctionKind.SEALED) {
            throw new RuleViolation("disposal.bid-kind", "Bids are sealed: hand in a digest")
                    .at("/digest", "64 hexadecimal digits");
        }
        if (!amount.currency().equals(auction.currency()) || amount.minor() > MOST_MONEY) {
            throw new RuleViolation("disposal.bid-too-low", "Bid in the currency of the auction")
                    .at("/amount", "in " + auction.currency());
        }
        Instant now = clock.instant();
        Instant closes = auction.bidding().take(amount.minor(), now, disposalStore.rules(Disposals.today(now)));
        Instant end = closes.isAfter(auction.bidding().opensAt()) ? closes : closes.plusMillis(1);
        write(auction, now, amount.minor(), null);
        sql.update(
                "update disposal.auction set version = version + 1, bids = ?, best_minor = ?, closes_at = ? where id = ?",
                auction.bids() + 1,
                amount.minor(),
                end,
                id);
        audit.write("disposal.bid", id.toString(), Map.of("seq", auction.bids() + 1, "amount", amount.toString()));
        return get(id);
    }

    /**
     * Hands in a sealed bid: once, and it stands.
     *
     * @param digest what {@link #digest} makes of auction, organisation, amount and a secret of the bidder
     * @throws Conflict {@code disposal.bid-before}, {@code disposal.auction-over}
     */
    @RolesAllowed(Roles.RECYCLER)
    public AuctionView seal(UUID id, String digest) {
        Auction auction = bidding(id);
        if (auction.bidding().kind() != AuctionKind.SEALED
                || !DIGEST.matcher(digest).matches()) {
            throw new RuleViolation("disposal.bid-kind", "A sealed auction takes a digest, another an amount")
                    .at("/digest", "64 hexadecimal digits");
        }
        Instant now = clock.instant();
        auction.bidding().refuseWhenShut(now);
        write(auction, now, null, digest);
        sql.update("update disposal.auction set version = version + 1, bids = ? where id = ?", auction.bids() + 1, id);
        audit.write("disposal.bid-sealed", id.toString(), Map.of("seq", auction.bids() + 1, "digest", digest));
        return get(id);
    }

    /**
     * Tells after the end what is in the sealed bid.
     *
     * @throws RuleViolation {@code disposal.digest-differs} when amount and secret are not those of the digest
     * @throws Conflict {@code disposal.not-revealing}, {@code disposal.revealed-before}
     */
    @RolesAllowed(Roles.RECYCLER)
    public AuctionView reveal(UUID id, Money amount, String nonce) {
        Auction auction = joined(id);
        if (auction.state() != AuctionState.RUNNING || auction.phase(clock.instant()) != Bidding.Phase.REVEALING) {
            throw new Conflict(
                    "disposal.not-revealing", "Sealed bids are told between the end and the time set for it");
        }
        if (amount.minor() < 1
                || amount.minor() > MOST_MONEY
                || !amount.currency().equals(auction.currency())) {
            throw new RuleViolation("disposal.digest-differs", "This is not what was handed in")
                    .at("/amount", "as handed in");
        }
        String expected = digest(id, caller.orgId(), amount, nonce);
        int told = sql.update("""
                update disposal.bid set amount_minor = ?, revealed_at = ?
                 where auction_id = ? and org_id = ? and digest = ? and revealed_at is null""", amount.minor(), clock.instant(), id, caller.orgId(), expected);
        if (told == 0) {
            if (sql.exists(
                    "select 1 from disposal.bid where auction_id = ? and org_id = ? and digest = ?",
                    id,
                    caller.orgId(),
                    expected)) {
                throw new Conflict("disposal.revealed-before", "The bid was told before");
            }
            throw new RuleViolation("disposal.digest-differs", "This is not what was handed in")
                    .at("/nonce", "amount and secret as handed in");
        }
        audit.write("disposal.bid-revealed", id.toString(), Map.of("amount", amount.toString()));
        return get(id);
    }

    /**
     * The digest of a sealed bid: SHA-256 over {@code auction:organisation:minor:currency:nonce} in UTF-8, in hexadecimal.
     *
     * @param nonce 16 to 64 letters and digits that the bidder draws at random and keeps
     * @throws RuleViolation {@code disposal.nonce-weak}
     */
    public static String digest(UUID auction, UUID org, Money amount, String nonce) {
        if (!NONCE.matcher(nonce).matches()) {
            throw new RuleViolation("disposal.nonce-weak", "The secret is too short")
                    .at("/nonce", "16 to 64 letters and digits");
        }
        String text = auction + ":" + org + ":" + amount.minor() + ":" + amount.currency() + ":" + nonce;
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuseUnqualified() {
        if (!store.isQualified(caller.orgId(), disposalStore.today())) {
            throw new NotPermitted("disposal.not-qualified", "Only a qualified recycler takes part");
        }
    }

    /** The auction, locked, for one who has paid the deposit. */
    private Auction joined(UUID id) {
        Auction seen = store.get(id);
        boolean in = store.bidder(id, caller.orgId(), seen.currency())
                .filter(b -> b.state().equals("HELD"))
                .isPresent();
        if (!in) {
            throw new NotPermitted("disposal.not-joined", "Pay the deposit first");
        }
        return store.lock(id);
    }

    private Auction bidding(UUID id) {
        store.get(id);
        refuseUnqualified();
        Auction auction = joined(id);
        if (auction.state() != AuctionState.RUNNING) {
            throw new Conflict("disposal.auction-over", "The auction is over");
        }
        return auction;
    }

    private void write(Auction auction, Instant now, @Nullable Long amount, @Nullable String digest) {
        sql.update(
                "insert into disposal.bid(auction_id, seq, org_id, owner_id, at, amount_minor, digest) values (?,?,?,?,?,?,?)",
                auction.id(),
                auction.bids() + 1,
                caller.orgId(),
                auction.ownerId(),
                now,
                amount,
                digest);
    }
}
