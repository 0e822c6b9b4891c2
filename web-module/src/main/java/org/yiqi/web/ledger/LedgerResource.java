package org.yiqi.web.ledger;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.ledger.ActView;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.KeyView;
import org.yiqi.ledger.LedgerStatus;
import org.yiqi.ledger.LedgerStatuses;
import org.yiqi.ledger.MemberServices;
import org.yiqi.ledger.OrganisationKeys;
import org.yiqi.ledger.RelayStatus;
import org.yiqi.ledger.RelayStatuses;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.api.Lists;

/** Acts, their signatures, keys, and how the ledger is doing. */
@Path("/ledger")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LedgerResource {

    @Inject
    Acts acts;

    @Inject
    LedgerStatuses statuses;

    @Inject
    RelayStatuses relays;

    @Inject
    OrganisationKeys keys;

    @Inject
    MemberServices memberServices;

    @Inject
    Caller caller;

    @GET
    @Path("/status")
    @Operation(summary = "What kind of ledger this is, how far it goes, and what waits")
    @APIResponse(responseCode = "200", description = "The ledger's figures")
    public LedgerStatus status() {
        caller.personId();
        return statuses.now();
    }

    @GET
    @Path("/relay")
    @Operation(
            summary =
                    "Why acts wait: what the relay met, transactions on their way, and the acts that have waited longest")
    @APIResponse(responseCode = "200", description = "How the relay is doing")
    @APIResponse(responseCode = "403", description = "Only for regulators, auditors and the platform's operators")
    public RelayStatus relay() {
        return relays.now();
    }

    @GET
    @Path("/acts")
    @Operation(
            summary = "List acts that concern your organisation; filters: subject, type, state, reference, signer",
            description =
                    "state=WAITING_SIGNATURE&signer=<your organisation> lists what waits for your organisation's own signature.")
    @APIResponse(responseCode = "200", description = "One page of acts, newest first")
    public Page<ActAnswer> list(@Context UriInfo uri) {
        Page<ActView> page = acts.list(Lists.query(uri));
        return new Page<>(page.items().stream().map(ActAnswer::of).toList(), page.next(), page.total());
    }

    @GET
    @Path("/acts/{id}")
    @Operation(summary = "One act with its signatures and how far it has come")
    @APIResponse(responseCode = "200", description = "The act")
    @APIResponse(responseCode = "404", description = "No such act, or it does not concern you")
    public ActAnswer get(@PathParam("id") UUID id) {
        return ActAnswer.of(acts.get(id));
    }

    @GET
    @Path("/acts/{id}/signatures")
    @Operation(summary = "The bytes to sign, who has signed and who has still to sign")
    @APIResponse(responseCode = "200", description = "Bytes in Base64, and the same as text")
    @APIResponse(responseCode = "404", description = "No such act, or it does not concern you")
    public ToSign toSign(@PathParam("id") UUID id) {
        ActView view = acts.get(id);
        byte[] bytes = view.signed().act().bytes();
        ActAnswer answer = ActAnswer.of(view);
        return new ToSign(
                id,
                Base64.getEncoder().encodeToString(bytes),
                new String(bytes, StandardCharsets.UTF_8),
                answer.digest(),
                answer.signatures(),
                answer.missing());
    }

    @POST
    @Path("/acts/{id}/signatures")
    @Operation(
            summary = "Sign for your organisation",
            description =
                    "Without keyId, alg and value the organisation's managed key signs; with them, the signature is one that you made over the act's bytes with a key that your organisation holds.")
    @APIResponse(responseCode = "200", description = "The act with the signature; with the last one it is complete")
    @APIResponse(responseCode = "404", description = "No such act, or it does not concern you")
    @APIResponse(responseCode = "409", description = "Signed already, not waiting, or expired")
    @APIResponse(responseCode = "422", description = "The ledger would refuse this")
    public ActAnswer sign(@PathParam("id") UUID id, @NotNull @Valid NewSignature request) {
        if (request.value() == null || request.keyId() == null || request.alg() == null) {
            acts.sign(id);
        } else {
            acts.addSignature(
                    id,
                    new ActSignature(
                            caller.orgId(),
                            request.keyId(),
                            SignatureAlgorithm.valueOf(request.alg()),
                            request.value()));
        }
        return ActAnswer.of(acts.get(id));
    }

    @POST
    @Path("/keys")
    @Operation(
            summary = "Bring in a key of your organisation; it takes the place of the valid one",
            description =
                    "A HELD key is one whose private half only you have: the answer names an act that waits for your signature with it (and with the held key before it), see /ledger/acts/{id}/signatures. A MANAGED key is made and kept by the platform.")
    @APIResponse(responseCode = "201", description = "The key, and the act that brings it in")
    @APIResponse(responseCode = "403", description = "You may not sign for your organisation")
    @APIResponse(
            responseCode = "409",
            description = "The key is known, another change still waits, or the key is the operator's")
    @APIResponse(responseCode = "422", description = "Not a public key for this algorithm")
    public Response bring(@NotNull @Valid NewKey request, @Context UriInfo uri) {
        boolean held = request.custody().equals("HELD");
        String alg = request.alg() == null ? SignatureAlgorithm.SM2_SM3.name() : request.alg();
        KeyView key = keys.bring(
                held ? SignatureAlgorithm.valueOf(alg) : null, held ? String.valueOf(request.publicKey()) : null);
        return Response.created(uri.getAbsolutePathBuilder().path(key.keyId()).build())
                .entity(key)
                .build();
    }

    @POST
    @Path("/keys/{keyId}/revoke")
    @Operation(summary = "End a key of your organisation; a regulator ends anybody's")
    @APIResponse(responseCode = "200", description = "The key; with a held key the act waits for your signature")
    @APIResponse(responseCode = "403", description = "Another organisation's key, or you may not sign")
    @APIResponse(responseCode = "404", description = "No such key")
    @APIResponse(responseCode = "409", description = "Another change of your keys still waits")
    @APIResponse(responseCode = "422", description = "It is revoked already")
    public KeyView revoke(@PathParam("keyId") @Size(max = 64) String keyId, @NotNull @Valid Revocation request) {
        return keys.revoke(keyId, request.reason());
    }

    @GET
    @Path("/keys")
    @Operation(summary = "Public keys of an organisation, your own unless you name one; compare fingerprints")
    @APIResponse(responseCode = "200", description = "The keys, youngest first")
    public List<KeyView> keys(@QueryParam("organisation") @Nullable UUID organisation) {
        return keys.of(organisation == null ? caller.orgId() : organisation);
    }

    @GET
    @Path("/member-service")
    @Operation(summary = "Whose peers consent for an organisation to changes of custody, your own unless you name one")
    @APIResponse(responseCode = "200", description = "Its own member service, or null while its kind's host has it")
    public MemberService memberService(@QueryParam("organisation") @Nullable UUID organisation) {
        return new MemberService(memberServices
                .of(organisation == null ? caller.orgId() : organisation)
                .orElse(null));
    }

    @PUT
    @Path("/member-service")
    @Operation(
            summary = "Let the peers of your own member service consent for your organisation",
            description = "The act waits for a regulator's signature; from its recording on it counts.")
    @APIResponse(responseCode = "200", description = "The act")
    @APIResponse(responseCode = "403", description = "You may not sign for your organisation, or you run the platform")
    @APIResponse(responseCode = "409", description = "The ledger is a local one, or another act of yours still waits")
    @APIResponse(responseCode = "422", description = "The channel has no such member service")
    public ActAnswer assign(@NotNull @Valid NewMemberService request) {
        return ActAnswer.of(memberServices.assign(request.msp()));
    }

    /** Whose peers consent; null while its kind's host has it. */
    public record MemberService(@Nullable String msp) {}

    /** Whose peers shall consent. */
    public record NewMemberService(
            @NotNull @Size(min = 1, max = 60) String msp) {}

    /** What a signature covers, and how far the act has come. */
    public record ToSign(
            UUID actId,
            String bytes,
            String text,
            String digest,
            List<ActAnswer.SignatureAnswer> signatures,
            List<UUID> missing) {}

    /** A key to be; without a public key the platform makes one and keeps it. */
    public record NewKey(
            @Schema(enumeration = {"HELD", "MANAGED"}) @NotNull @Pattern(regexp = "HELD|MANAGED")
            String custody,

            @Schema(enumeration = {"SM2_SM3", "ECDSA_P256_SHA256"})
            @Nullable
            @Pattern(regexp = "SM2_SM3|ECDSA_P256_SHA256")
            String alg,

            @Schema(description = "SubjectPublicKeyInfo in Base64 or PEM, for a held key") @Nullable @Size(max = 1000)
            String publicKey) {}

    /** Why a key ends. */
    public record Revocation(
            @Schema(description = "A code in capitals", example = "LOST")
            @NotNull
            @Pattern(regexp = "[A-Z][A-Z0-9_]{1,60}")
            String reason) {}

    /** A signature made outside, or nothing for the managed key. */
    public record NewSignature(
            @Schema(description = "Fingerprint of the key") @Nullable @Size(max = 64)
            String keyId,

            @Schema(enumeration = {"SM2_SM3", "ECDSA_P256_SHA256"})
            @Nullable
            @Pattern(regexp = "SM2_SM3|ECDSA_P256_SHA256")
            String alg,

            @Schema(description = "DER in Base64") @Nullable @Size(max = 512)
            String value) {}
}
