package org.yiqi.ledger;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.EvidenceProof;
import org.yiqi.contract.MerkleTree;
import org.yiqi.ledger.evidence.AnchoredRoot;
import org.yiqi.ledger.evidence.LeafRow;
import org.yiqi.ledger.evidence.StoredTree;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.ExhibitErased;
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
 * The evidence log for those who prove something with it. Its roots and hashes are for everybody who is signed in; a leaf,
 * its salt and its content for whoever sees the thing itself.
 */
@Stateless
@Secured
public class EvidenceLog {

    private static final int ROOTS_CHECKED = 20;
    private static final int LONGEST_REASON = 500;

    private static final Listing<RootView> ROOTS = Listing.of(
                    "r.size, encode(r.root, 'hex') root, r.at, r.act_id, a.state, a.recorded_at",
                    "evidence.root r left join ledger.act a on a.id = r.act_id",
                    "lpad(to_hex(r.size), 32, '0')::uuid",
                    EvidenceLog::rootOf)
            .sort("size", "r.size", "bigint")
            .defaultSort("-size")
            .filterWhere("from", "r.at >= all(cast(? as timestamptz[]))", "timestamptz")
            .filterWhere("to", "r.at < all(cast(? as timestamptz[]))", "timestamptz");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<ExhibitErased> erased;

    /** Roots that were anchored, the newest first. */
    @RolesAllowed("**")
    public Page<RootView> roots(ListQuery query) {
        return inLedger(c -> ROOTS.page(c, query));
    }

    /**
     * The leaves about a thing, oldest first; those that still wait for their place come last.
     *
     * @throws NotFound {@code ledger.no-evidence}, also for what the caller may not see
     */
    @RolesAllowed("**")
    public List<LeafView> of(EvidenceOf of) {
        List<LeafView> leaves = find(of);
        if (leaves.isEmpty()) {
            throw none();
        }
        return leaves;
    }

    /** The leaves about a thing, or nothing: for pages that show it beside something else. */
    @RolesAllowed("**")
    public List<LeafView> find(EvidenceOf of) {
        return sql.with(c -> views(c, LeafRow.of(c, of)));
    }

    /** @throws NotFound {@code ledger.no-evidence} */
    @RolesAllowed("**")
    public LeafView get(long leaf) {
        return sql.with(c -> views(c, LeafRow.at(c, leaf))).stream().findFirst().orElseThrow(EvidenceLog::none);
    }

    /**
     * Proves that a leaf is in the log.
     *
     * @param size of the log that it is proved for; null for the first anchored one that has the leaf
     * @throws NotFound {@code ledger.no-evidence}
     * @throws RuleViolation {@code ledger.bad-log-size}
     */
    @RolesAllowed("**")
    public InclusionView inclusion(long leaf, @Nullable Long size) {
        LeafView view = get(leaf);
        return inLedger(c -> {
            long wanted = size != null ? size : firstSize(c, view);
            if (wanted <= leaf || wanted > StoredTree.size(c)) {
                throw badSize("/size");
            }
            List<byte[]> path = StoredTree.read(c, nodes -> MerkleTree.inclusion(leaf, wanted, nodes));
            byte[] root = MerkleTree.follow(HexFormat.of().parseHex(view.hash()), leaf, wanted, path);
            RootView anchor = AnchoredRoot.where(c, "r.size = ?", wanted).stream()
                    .findFirst()
                    .map(EvidenceLog::view)
                    .orElse(null);
            return new InclusionView(leaf, view.hash(), wanted, hex(root), base64(path), anchor);
        });
    }

    private static long firstSize(Connection c, LeafView view) throws SQLException {
        RootView anchor = view.anchor();
        return anchor != null ? anchor.size() : StoredTree.size(c);
    }

    /**
     * What the caller can take away about things: every leaf whose root is on the ledger, with the act that carries it.
     * Leaves that are not anchored yet are left out.
     */
    @RolesAllowed("**")
    public List<EvidenceProof> proofs(List<EvidenceOf> things) {
        List<EvidenceProof> proofs = new ArrayList<>();
        for (EvidenceOf of : things) {
            for (LeafView view : find(of)) {
                Long leaf = view.leaf();
                RootView anchor = view.anchor();
                if (leaf != null && anchor != null && anchor.actId() != null && anchor.state() == ActState.RECORDED) {
                    UUID act = anchor.actId();
                    proofs.add(inLedger(c -> proof(c, view, leaf, anchor.size(), act)));
                }
            }
        }
        return proofs;
    }

    static EvidenceProof proof(Connection c, LeafView view, long leaf, long size, UUID act) throws SQLException {
        return new EvidenceProof(
                view.of(),
                leaf,
                view.hash(),
                view.salt(),
                view.content(),
                size,
                base64(StoredTree.read(c, nodes -> MerkleTree.inclusion(leaf, size, nodes))),
                ActStore.find(c, act).orElseThrow().signed());
    }

    /** @throws RuleViolation {@code ledger.bad-log-size} */
    @RolesAllowed("**")
    public ConsistencyView consistency(long from, long to) {
        return inLedger(c -> {
            if (from < 1 || from > to) {
                throw badSize("/from");
            }
            if (to > StoredTree.size(c)) {
                throw badSize("/to");
            }
            return new ConsistencyView(
                    from,
                    hex(StoredTree.read(c, nodes -> MerkleTree.root(from, nodes))),
                    to,
                    hex(StoredTree.read(c, nodes -> MerkleTree.root(to, nodes))),
                    base64(StoredTree.read(c, nodes -> MerkleTree.consistency(from, to, nodes))));
        });
    }

    /** Recomputes the newest roots from the stored subtrees and compares them with each other and with the ledger. */
    @RolesAllowed("**")
    public LogCheck check() {
        return inLedger(c -> {
            long size = StoredTree.size(c);
            byte[] newest = StoredTree.read(c, nodes -> MerkleTree.root(size, nodes));
            List<LogCheck.Step> steps = new ArrayList<>();
            for (AnchoredRoot root : AnchoredRoot.newest(c, ROOTS_CHECKED, 0)) {
                steps.add(step(c, root, size, newest));
            }
            long waiting = StoredTree.waiting(c);
            boolean holds = steps.stream().allMatch(LogCheck.Step::holds);
            return new LogCheck(holds, size, waiting, hex(newest), clock.instant(), steps);
        });
    }

    private static LogCheck.Step step(Connection c, AnchoredRoot root, long size, byte[] newest) throws SQLException {
        Boolean onLedger = root.act() == null ? null : root.agrees();
        if (root.size() > size) {
            return new LogCheck.Step(view(root), false, onLedger, false);
        }
        byte[] own = HexFormat.of().parseHex(root.root());
        String again = hex(StoredTree.read(c, nodes -> MerkleTree.root(root.size(), nodes)));
        List<byte[]> path = StoredTree.read(c, nodes -> MerkleTree.consistency(root.size(), size, nodes));
        boolean extended = MerkleTree.extended(root.size(), own, size, newest, path);
        return new LogCheck.Step(view(root), again.equals(root.root()), onLedger, extended);
    }

    /**
     * Destroys what a leaf was made of, salt and content, and has its owner destroy the thing itself. The leaf stays, and
     * every other proof holds.
     *
     * @throws NotPermitted {@code ledger.not-the-controller}
     * @throws RuleViolation {@code ledger.not-erasable}, {@code ledger.reason-missing}
     * @throws Conflict {@code ledger.already-erased}
     */
    @RolesAllowed(Roles.ORG_ADMIN)
    public LeafView erase(long leaf, String reason) {
        LeafView view = get(leaf);
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new RuleViolation("ledger.reason-missing", "Say why, in at most 500 characters")
                    .at("/reason", "1 to 500 characters");
        }
        if (!view.erasable()) {
            throw new RuleViolation("ledger.not-erasable", "The law wants this kept");
        }
        if (!caller.orgId().equals(view.controller())) {
            throw new NotPermitted("ledger.not-the-controller", "Only the organisation that gave it may erase it");
        }
        if (view.erased() != null) {
            throw new Conflict("ledger.already-erased", "It is erased already");
        }
        EvidenceOf of = EvidenceOf.parse(view.of());
        sql.update("""
                update evidence.exhibit set salt = null, content = null, erased_at = ?, erased_by = ?, erased_reason = ?
                where kind = ? and ref = ? and erased_at is null""", clock.instant(), caller.personId(), why, of.kind().code(), of.ref());
        audit.write("ledger.evidence-erased", of.toString(), Map.of("leaf", leaf, "reason", why));
        erased.fire(new ExhibitErased(of));
        return get(leaf);
    }

    private List<LeafView> views(Connection c, List<LeafRow> rows) throws SQLException {
        List<LeafView> views = new ArrayList<>();
        for (LeafRow row : rows) {
            // The audit log is for those who audit, in whatever way it is read.
            boolean hidden =
                    row.kind() == EvidenceKind.AUDIT && !caller.has(Roles.AUDITOR) && !caller.has(Roles.REGULATOR);
            if (!hidden) {
                views.add(view(c, row));
            }
        }
        return views;
    }

    static LeafView view(Connection c, LeafRow row) throws SQLException {
        Long leaf = row.leaf();
        Optional<RootView> anchor = leaf == null
                ? Optional.empty()
                : LedgerWide.on(c, () -> AnchoredRoot.covering(c, leaf)).stream()
                        .findFirst()
                        .map(EvidenceLog::view);
        LeafView.Erasure erasure = row.erasedAt() == null
                ? null
                : new LeafView.Erasure(row.erasedAt(), String.valueOf(row.erasedReason()));
        return new LeafView(
                leaf,
                row.kind().code() + ":" + row.ref(),
                row.hash(),
                row.salt(),
                row.content(),
                row.at(),
                row.kind().erasable(),
                row.controller(),
                erasure,
                anchor.orElse(null));
    }

    private static RootView view(AnchoredRoot root) {
        return new RootView(
                root.size(),
                root.root(),
                root.at(),
                root.act(),
                root.state() == null ? null : ActState.valueOf(root.state()),
                root.recordedAt());
    }

    private static RootView rootOf(ResultSet rs) throws SQLException {
        String state = rs.getString("state");
        return new RootView(
                rs.getLong("size"),
                rs.getString("root"),
                rs.getTimestamp("at").toInstant(),
                rs.getObject("act_id", UUID.class),
                state == null ? null : ActState.valueOf(state),
                Sql.instant(rs, "recorded_at"));
    }

    private <R> R inLedger(Sql.Work<R> work) {
        return sql.with(c -> LedgerWide.on(c, () -> work.run(c)));
    }

    private static List<String> base64(List<byte[]> path) {
        return path.stream().map(Base64.getEncoder()::encodeToString).toList();
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static RuleViolation badSize(String field) {
        return new RuleViolation("ledger.bad-log-size", "Sizes go from 1 to the log's, the earlier one first")
                .at(field, "a size that the log has had");
    }

    private static NotFound none() {
        return new NotFound("ledger.no-evidence", "The evidence log has nothing about this for you");
    }
}
