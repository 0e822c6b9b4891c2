package org.yiqi.procurement;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.ActRejected;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.ledger.NewAct;
import org.yiqi.organisation.Organisations;
import org.yiqi.organisation.Qualification;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The two signatures under a contract and under each change of it: the supplier's first, the buyer's second for the contract;
 * for a change the buyer asks and the supplier agrees. Both sign one act, which carries the digest of the PDF.
 */
@Stateless
@Secured
public class ContractSigning {

    /** Bytes of a file that is checked. */
    public static final int LARGEST_FILE = 20 * 1024 * 1024;

    private static final String SIGNED = "contract.signed";
    private static final String AMENDED = "contract.amended";

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    ContractStore store;

    @Inject
    Contracts contracts;

    @Inject
    ContractGuard guard;

    @Inject
    Acts acts;

    @Inject
    Organisations organisations;

    @Inject
    Qualification qualification;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<ContractSigned> signed;

    @Inject
    Event<ContractAmended> amended;

    @Inject
    Event<ContractTerminated> terminated;

    /**
     * The supplier signs what it was offered; the document is fixed with it.
     *
     * @throws Conflict {@code procurement.contract-state}, {@code procurement.sign-late}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public ContractView accept(UUID id, long seen) {
        ContractView contract = guard.supplied(id, seen, ContractState.OFFERED);
        qualification.requireActive(caller.orgId(), Qualification.NEW_BUSINESS);
        if (guard.today().isAfter(contract.signBy())) {
            throw new Conflict("procurement.sign-late", "The days that the law gives for signing are over");
        }
        propose(contract, SIGNED, contract.original(), "");
        audit.write("procurement.contract-accepted", id.toString(), Map.of());
        return contracts.get(id);
    }

    /**
     * The caller's organisation adds its signature to the document that waits.
     *
     * @throws Conflict {@code procurement.contract-state}; {@code ledger.already-signed}, {@code ledger.key-held}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public ContractView sign(UUID id) {
        ContractView contract = contracts.get(id);
        UUID act = contract.pendingAct();
        if (act == null) {
            throw new Conflict("procurement.contract-state", "Nothing waits for a signature")
                    .with("state", contract.state().name());
        }
        if (!caller.orgId().equals(contract.buyerId()) && !caller.orgId().equals(contract.supplierId())) {
            throw new NotPermitted("procurement.not-your-contract", "The two sides sign");
        }
        if (contract.state() == ContractState.SIGNING && guard.today().isAfter(contract.signBy())) {
            throw new Conflict("procurement.sign-late", "The days that the law gives for signing are over");
        }
        acts.sign(act);
        return contracts.get(id);
    }

    /** Whose signatures a contract waits for. */
    @RolesAllowed("**")
    public List<UUID> missing(UUID id) {
        UUID act = contracts.get(id).pendingAct();
        return act == null ? List.of() : List.copyOf(acts.get(act).missing());
    }

    /**
     * The buyer asks for a change of what the contract comes to.
     *
     * @param amount of the whole contract from then on
     * @throws RuleViolation {@code procurement.amendment-limit} beyond the share of the original amount that the law allows
     * @throws Conflict {@code procurement.contract-state}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public ContractView amend(UUID id, long seen, Money amount, String reason) {
        ContractView contract = guard.own(id, seen, ContractState.EFFECTIVE);
        new Limits("procurement.contract-invalid", "Some values of the change are out of range")
                .text("/reason", reason, 2000)
                .check(
                        "/amount",
                        amount.currency().equals(contract.original().currency()),
                        "in the contract's currency")
                .check("/amount", amount.minor() > 0, "more than nothing")
                .check(
                        "/amount",
                        contract.milestones().stream().allMatch(m -> m.paid() == null)
                                || amount.minor() >= contract.amount().minor(),
                        "not less than before once something is paid")
                .refuse();
        if (amount.minor() > contract.limit().minor()) {
            throw new RuleViolation("procurement.amendment-limit", "The change goes beyond what the law allows")
                    .at(
                            "/amount",
                            "at most " + contract.limit().amount().toPlainString() + ": " + contract.amendPercent()
                                    + " % over the original amount (政府采购法 §49)");
        }
        propose(contract, AMENDED, amount, reason.strip());
        audit.write("procurement.contract-amended", id.toString(), Map.of("amount", amount.minor()));
        return contracts.get(id);
    }

    /**
     * The buyer ends a contract. What was met until then stays payable.
     *
     * @throws Conflict {@code procurement.contract-state} while a document waits for signatures
     */
    @RolesAllowed(Roles.SIGNATORY)
    public ContractView terminate(UUID id, long seen, String reason) {
        guard.own(id, seen, ContractState.DRAFTED, ContractState.OFFERED, ContractState.EFFECTIVE);
        new Limits("procurement.contract-invalid", "Some values are out of range")
                .text("/reason", reason, 2000)
                .refuse();
        sql.update("""
                update procurement.contract set version = version + 1, state = 'TERMINATED', ended_reason = ?, ended_at = ?
                 where id = ?""", reason.strip(), clock.instant(), id);
        audit.write("procurement.contract-terminated", id.toString(), Map.of("reason", reason.strip()));
        terminated.fire(new ContractTerminated(id));
        return contracts.get(id);
    }

    /**
     * The file of a revision, as it was signed.
     *
     * @throws NotFound {@code procurement.document-not-found}
     */
    @RolesAllowed("**")
    public byte[] pdf(UUID id, int revision) {
        contracts.get(id);
        return sql.first(
                        "select pdf from procurement.contract_revision where contract_id = ? and number = ?",
                        rs -> rs.getBytes(1),
                        id,
                        revision)
                .orElseThrow(() -> new NotFound("procurement.document-not-found", "No such document"));
    }

    /**
     * Says what a file is, to whoever holds it: a contract that was signed here, one that was altered, or neither.
     *
     * @throws RuleViolation {@code procurement.file-invalid}
     */
    @PermitAll
    public ContractFile check(byte[] file) {
        new Limits("procurement.file-invalid", "The file does not fit")
                .check("/file", file.length > 0 && file.length <= LARGEST_FILE, "1 byte to 20 MB")
                .refuse();
        String sha256 = ContractDocument.sha256(file);
        return sql.first(
                        "select * from procurement.contract_of_file(?)",
                        rs -> {
                            Instant signedAt = Sql.instant(rs, "signed_at");
                            return new ContractFile(
                                    signedAt == null ? ContractFile.Verdict.WAITING : ContractFile.Verdict.SIGNED,
                                    sha256,
                                    rs.getString("number"),
                                    rs.getInt("revision"),
                                    rs.getString("title"),
                                    rs.getObject("buyer", UUID.class),
                                    rs.getObject("supplier", UUID.class),
                                    rs.getObject("act_id", UUID.class),
                                    rs.getString("act_digest"),
                                    signedAt,
                                    rs.getBoolean("latest"));
                        },
                        sha256)
                .orElseGet(() -> ContractDocument.mark(file)
                        .map(m -> unsigned(ContractFile.Verdict.ALTERED, sha256, m.number(), m.revision()))
                        .orElseGet(() -> unsigned(ContractFile.Verdict.UNKNOWN, sha256, "", 0)));
    }

    private static ContractFile unsigned(ContractFile.Verdict verdict, String sha256, String number, int revision) {
        return new ContractFile(verdict, sha256, number, revision, "", null, null, null, "", null, false);
    }

    private void propose(ContractView contract, String type, Money amount, String reason) {
        UUID id = contract.id();
        Instant now = clock.instant();
        int number = contract.revisions().stream()
                        .mapToInt(ContractView.Revision::number)
                        .max()
                        .orElse(0)
                + 1;
        byte[] pdf = ContractDocument.render(
                contract, number, amount, reason, name(contract.buyerId()), name(contract.supplierId()));
        String sha256 = ContractDocument.sha256(pdf);
        sql.update("""
                insert into procurement.contract_revision(contract_id, number, amount_minor, reason, pdf, sha256, proposed_at)
                values (?,?,?,?,?,?,?)""", id, number, amount.minor(), reason, pdf, sha256, now);
        UUID act = acts.propose(new NewAct(
                type,
                Subject.contract(id),
                now,
                List.of(
                        new Party(contract.buyerId(), PartyRole.BUYER),
                        new Party(contract.supplierId(), PartyRole.SUPPLIER)),
                body(contract, type, amount),
                List.of(new Evidence("contract", "SHA-256", sha256)),
                id));
        sql.update(
                "update procurement.contract_revision set act_id = ? where contract_id = ? and number = ?",
                act,
                id,
                number);
        sql.update(
                "update procurement.contract set version = version + 1, state = ?, pending_act = ? where id = ?",
                type.equals(SIGNED) ? "SIGNING" : "AMENDING",
                act,
                id);
    }

    /** A contract that follows an award names it: the ledger compares the two. */
    private static Map<String, Object> body(ContractView contract, String type, Money amount) {
        Map<String, Object> body = new HashMap<>();
        body.put("amount", Long.toString(amount.minor()));
        body.put("currency", amount.currency());
        UUID tender = contract.tenderId();
        String lot = contract.lot();
        if (tender != null && lot != null && type.equals(SIGNED)) {
            body.put("tender", tender.toString());
            body.put("lot", lot);
        }
        return body;
    }

    private String name(UUID org) {
        return organisations.nameOf(org).map(n -> n.zh() + " " + n.en()).orElse("");
    }

    /** Both have signed: what the document says holds. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        if (isContract(completed.type()) && completed.reference() != null) {
            UUID id = completed.reference();
            Instant now = clock.instant();
            sql.update(
                    "update procurement.contract_revision set signed_at = ?, act_digest = ? where act_id = ?",
                    now,
                    acts.get(completed.actId()).digest(),
                    completed.actId());
            sql.update("""
                    update procurement.contract set version = version + 1, state = 'EFFECTIVE', pending_act = null,
                      effective_at = coalesce(effective_at, ?),
                      amount_minor = (select r.amount_minor from procurement.contract_revision r where r.act_id = ?)
                     where id = ? and pending_act = ?""", now, completed.actId(), id, completed.actId());
            audit.write("procurement.contract-signed", id.toString(), Map.of("act", completed.actId()));
            if (completed.type().equals(SIGNED)) {
                contracted(id);
                signed.fire(new ContractSigned(id));
            } else {
                amended.fire(new ContractAmended(id));
            }
        }
    }

    /** With the contract of its last award signed, a tender has come to its end. */
    private void contracted(UUID contract) {
        LedgerWide.on(dataSource, c -> sql.update("""
                update procurement.tender t set version = version + 1, state = 'CONTRACTED'
                 where t.state = 'AWARDED' and t.id = (select x.tender_id from procurement.contract x where x.id = ?)
                   and not exists (select 1 from procurement.lot_award a where a.tender_id = t.id and a.bid_id is not null
                     and not exists (select 1 from procurement.contract x where x.tender_id = a.tender_id and x.lot = a.lot
                       and x.effective_at is not null))""", contract));
    }

    /** Not both signed in time: the contract is what it was before. */
    @PermitAll
    public void on(@Observes ActExpired expired) {
        if (isContract(expired.type()) && expired.reference() != null) {
            sql.update("update procurement.contract_revision set lapsed = true where act_id = ?", expired.actId());
            sql.update(
                    "update procurement.contract set version = version + 1, state = ?, pending_act = null where pending_act = ?",
                    expired.type().equals(SIGNED) ? "OFFERED" : "EFFECTIVE",
                    expired.actId());
        }
    }

    /** The ledger does not know the contract: it ends, and another one can be drafted from the plan. */
    @PermitAll
    public void on(@Observes ActRejected rejected) {
        if (rejected.type().equals(SIGNED) && rejected.reference() != null) {
            sql.update("""
                    update procurement.contract set version = version + 1, state = 'TERMINATED', ended_reason = ?, ended_at = ?
                     where id = ? and state <> 'TERMINATED'""", rejected.refusal(), clock.instant(), rejected.reference());
        }
    }

    private static boolean isContract(String type) {
        return type.equals(SIGNED) || type.equals(AMENDED);
    }
}
