package org.yiqi.web.ledger;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.ActView;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.KeyView;
import org.yiqi.ledger.MemberServices;
import org.yiqi.ledger.OrganisationKeys;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** An organisation's keys, how they come and go, and what waits for its own signature. */
@Named
@ViewScoped
public class KeysPage implements Serializable {

    private static final int SHOWN = 50;
    private static final List<String> REASONS = List.of("LOST", "COMPROMISED", "STAFF_LEFT", "RETIRED");

    @Inject
    OrganisationKeys keys;

    @Inject
    Acts acts;

    @Inject
    MemberServices memberServices;

    @Inject
    Caller caller;

    private @Nullable String organisation;
    private @Nullable String revoke;
    private @Nullable String publicKey;
    private String alg = SignatureAlgorithm.SM2_SM3.name();
    private String reason = REASONS.get(0);
    private @Nullable String msp;
    private transient @Nullable String memberService;
    private transient @Nullable List<KeyView> all;
    private transient @Nullable Page<ActView> waiting;

    /** An act that waits for a signature that only the organisation can give. */
    public record Row(
            UUID id, String type, String kind, UUID subjectId, boolean unit, Instant occurredAt, Instant expiresAt) {}

    public UUID getOrganisationId() {
        try {
            return organisation == null || organisation.isBlank() ? caller.orgId() : UUID.fromString(organisation);
        } catch (IllegalArgumentException e) {
            throw new NotFound("ledger.key-not-found", "No such organisation");
        }
    }

    public boolean isOwn() {
        return getOrganisationId().equals(caller.orgId());
    }

    public List<KeyView> getAll() {
        List<KeyView> read = all;
        if (read == null) {
            read = keys.of(getOrganisationId());
            all = read;
        }
        return read;
    }

    /** The key that signs now, if there is one. */
    public @Nullable KeyView getPresent() {
        return one(KeyView.State.VALID).orElse(null);
    }

    /** The key that is being brought in, if one is. */
    public @Nullable KeyView getComing() {
        return one(KeyView.State.WAITING).orElse(null);
    }

    private Optional<KeyView> one(KeyView.State state) {
        return getAll().stream().filter(key -> key.state() == state).findFirst();
    }

    public boolean isHeld() {
        KeyView present = getPresent();
        return present != null && present.custody().equals("HELD");
    }

    /** The operator's key is the one that the ledger was founded with: it stays. */
    public boolean isChangeable() {
        return isOwn() && caller.has(Roles.SIGNATORY) && !caller.has(Roles.PLATFORM_OPERATOR);
    }

    public boolean isRevocable(KeyView key) {
        return key.state() == KeyView.State.VALID
                && (isChangeable() || (caller.has(Roles.REGULATOR) && caller.has(Roles.SIGNATORY)));
    }

    /** Whether signatures of this organisation come from outside. */
    public boolean isToolNeeded() {
        KeyView coming = getComing();
        return isOwn() && (isHeld() || (coming != null && coming.custody().equals("HELD")));
    }

    public List<Row> getWaiting() {
        return waiting().items().stream().map(KeysPage::row).toList();
    }

    public long getWaitingTotal() {
        return waiting().total();
    }

    private Page<ActView> waiting() {
        Page<ActView> read = waiting;
        if (read == null) {
            Map<String, List<String>> filters = Map.of(
                    "state",
                    List.of(ActState.WAITING_SIGNATURE.name()),
                    "signer",
                    List.of(caller.orgId().toString()));
            read = acts.list(new ListQuery(SHOWN, 0, null, List.of("createdAt"), null, filters));
            waiting = read;
        }
        return read;
    }

    private static Row row(ActView view) {
        Subject subject = view.signed().act().subject();
        return new Row(
                view.id(),
                view.signed().act().type(),
                subject.kind().name(),
                subject.id(),
                subject.kind() == Subject.Kind.CUSTODY || subject.kind() == Subject.Kind.HOLDS,
                view.signed().act().occurredAt(),
                view.expiresAt());
    }

    /** A key of the organisation's own takes the place of the present one, once it has proven itself. */
    public void bringHeld() {
        keys.bring(SignatureAlgorithm.valueOf(alg), publicKey == null ? "" : publicKey);
        publicKey = null;
        forget();
    }

    /** The platform makes a key and keeps it. */
    public void bringManaged() {
        keys.bring(null, null);
        forget();
    }

    /** Whether the ledger has peers, one of which may consent for the organisation. */
    public boolean isChannel() {
        return !memberServices.known().isEmpty();
    }

    public List<String> getMemberServices() {
        return memberServices.known();
    }

    /** The member service that consents now; empty while the host of its kind does. */
    public String getMemberService() {
        String read = memberService;
        if (read == null) {
            read = memberServices.of(getOrganisationId()).orElse("");
            memberService = read;
        }
        return read;
    }

    /** Asks a regulator to agree that the organisation's own peers consent for it. */
    public String assign() {
        memberServices.assign(String.valueOf(msp));
        return "/ledger/acts?faces-redirect=true&state=WAITING_SIGNATURE";
    }

    /** Ends the key that the address names. */
    public String end() {
        keys.revoke(String.valueOf(revoke), reason);
        return "/ledger/keys?faces-redirect=true" + (isOwn() ? "" : "&organisation=" + getOrganisationId());
    }

    private void forget() {
        all = null;
        waiting = null;
    }

    /** The key that the address wants to revoke, if it may be. */
    public @Nullable KeyView getRevoking() {
        return getAll().stream()
                .filter(key -> key.keyId().equals(revoke) && isRevocable(key))
                .findFirst()
                .orElse(null);
    }

    /** Where the command finds this platform. */
    public String getAddress() {
        return Faces.getRequestDomainURL();
    }

    public String kind(KeyView key) {
        return switch (key.state()) {
            case VALID -> "ok";
            case WAITING -> "warn";
            case REVOKED, LAPSED -> "mute";
        };
    }

    public List<String> getReasons() {
        return REASONS;
    }

    public List<String> getAlgorithms() {
        return List.of(SignatureAlgorithm.SM2_SM3.name(), SignatureAlgorithm.ECDSA_P256_SHA256.name());
    }

    public @Nullable String getOrganisation() {
        return organisation;
    }

    public void setOrganisation(@Nullable String organisation) {
        this.organisation = organisation;
    }

    public @Nullable String getRevoke() {
        return revoke;
    }

    public void setRevoke(@Nullable String revoke) {
        this.revoke = revoke;
    }

    public @Nullable String getPublicKey() {
        return publicKey;
    }

    public void setPublicKey(@Nullable String publicKey) {
        this.publicKey = publicKey;
    }

    public @Nullable String getMsp() {
        return msp;
    }

    public void setMsp(@Nullable String msp) {
        this.msp = msp;
    }

    public String getAlg() {
        return alg;
    }

    public void setAlg(String alg) {
        this.alg = alg;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }
}
