package org.yiqi.web.oversight;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.CaseView;
import org.yiqi.oversight.PlanSampling;
import org.yiqi.oversight.SampleView;
import org.yiqi.oversight.Samples;
import org.yiqi.oversight.SamplingStratum;
import org.yiqi.oversight.SamplingView;
import org.yiqi.oversight.Samplings;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.TableExport;
import org.yiqi.web.api.Versions;

/** Inspections by sample: the population, the draw, what was found. */
@Path("/oversight/samplings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SamplingsResource {

    private static final List<String> COLUMNS = List.of(
            "id",
            "class",
            "position",
            "unitId",
            "nameZh",
            "nameEn",
            "serial",
            "assetTag",
            "region",
            "owner",
            "custodian",
            "result",
            "finding",
            "inspectedAt",
            "case");

    @Inject
    Samplings samplings;

    @Inject
    Samples samples;

    @GET
    @Operation(summary = "List inspections by sample; filters: state, organisation, overdue")
    @APIResponse(responseCode = "200", description = "One page of inspections, newest first")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    public Page<SamplingView> list(@Context UriInfo uri) {
        return samplings.list(Lists.query(uri));
    }

    @POST
    @Operation(
            summary = "Plan an inspection: state its population",
            description = "The answer holds the digest of the seed (commitment), which is drawn with later.")
    @APIResponse(responseCode = "201", description = "The inspection")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    @APIResponse(responseCode = "422", description = "oversight.sampling-invalid, oversight.sampling-finds-nothing")
    public Response plan(@NotNull @Valid NewSampling plan, @Context UriInfo uri) {
        SamplingView view = samplings.plan(new PlanSampling(
                plan.title,
                plan.purpose,
                plan.region == null ? "" : plan.region,
                plan.category == null ? "" : plan.category,
                new HashSet<>(plan.classes),
                plan.dueOn));
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One inspection and how far it has come")
    @APIResponse(responseCode = "200", description = "The inspection")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    @APIResponse(responseCode = "404", description = "No such inspection")
    public Response get(@PathParam("id") UUID id) {
        SamplingView view = samplings.get(id);
        return Versions.tagged(view, view.version()).build();
    }

    @GET
    @Path("/{id}/strata")
    @Operation(
            summary = "The population of each class of risk, whole, and the size of the sample by the rule of the day")
    @APIResponse(responseCode = "200", description = "By class")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    @APIResponse(responseCode = "404", description = "No such inspection")
    public List<SamplingStratum> strata(@PathParam("id") UUID id) {
        return samplings.strata(id);
    }

    @POST
    @Path("/{id}/draw")
    @Operation(
            summary = "Draw the sample: the seed is revealed, and a word of yours decides with it",
            description = "See Draw in docs/regulators.md: with seed, word and strata anybody draws the same.")
    @APIResponse(responseCode = "200", description = "The inspection")
    @APIResponse(responseCode = "403", description = "Another authority's inspection")
    @APIResponse(responseCode = "404", description = "No such inspection")
    @APIResponse(responseCode = "409", description = "oversight.sampling-drawn")
    @APIResponse(responseCode = "412", description = "Changed since you read it")
    public Response draw(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Word word) {
        SamplingView view = samplings.draw(id, Versions.seen(seen), word.word);
        return Versions.tagged(view, view.version()).build();
    }

    @GET
    @Path("/{id}/samples")
    @Operation(summary = "The devices to inspect; filters: class, result, custodian. With Accept text/csv all of them")
    @APIResponse(responseCode = "200", description = "One page of samples, in the order drawn")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    @APIResponse(responseCode = "404", description = "No such inspection")
    public Page<SampleView> samples(@PathParam("id") UUID id, @Context UriInfo uri) {
        return samples.list(id, Lists.query(uri));
    }

    @GET
    @Path("/{id}/samples")
    @Produces(TableExport.CSV_IF_ASKED)
    @Operation(summary = "The devices to inspect; filters: class, result, custodian. With Accept text/csv all of them")
    @APIResponse(responseCode = "200", description = "One page of samples, in the order drawn")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    @APIResponse(responseCode = "404", description = "No such inspection")
    public Response csv(@PathParam("id") UUID id, @Context UriInfo uri) {
        ListQuery query = Lists.query(uri);
        samplings.get(id);
        return new TableExport("samples", COLUMNS, rows -> samples.export(id, query, s -> rows.accept(cells(s)))).csv();
    }

    private static List<@Nullable Object> cells(SampleView s) {
        return Arrays.asList(
                s.id(),
                s.deviceClass(),
                s.position(),
                s.unitId(),
                s.nameZh(),
                s.nameEn(),
                s.serial(),
                s.assetTag(),
                s.regionCode(),
                s.ownerZh(),
                s.custodianZh(),
                s.result(),
                s.finding(),
                s.inspectedAt(),
                s.caseNumber());
    }

    @POST
    @Path("/{id}/samples/{sample}/inspect")
    @Operation(summary = "Write down what was found with a device: CONFORMS, FINDING or NOT_FOUND")
    @APIResponse(responseCode = "200", description = "The sample")
    @APIResponse(responseCode = "403", description = "Another authority's inspection")
    @APIResponse(responseCode = "404", description = "No such inspection or sample")
    @APIResponse(responseCode = "409", description = "oversight.sample-in-case")
    @APIResponse(responseCode = "422", description = "oversight.sample-invalid, oversight.text-missing")
    public SampleView inspect(
            @PathParam("id") UUID id, @PathParam("sample") UUID sample, @NotNull @Valid Inspected inspected) {
        return samples.inspect(id, sample, inspected.result, inspected.finding == null ? "" : inspected.finding);
    }

    @POST
    @Path("/{id}/samples/{sample}/case")
    @Operation(summary = "Open a case from a finding, against whoever held the device when it was drawn")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "403", description = "Another authority's inspection")
    @APIResponse(responseCode = "404", description = "No such inspection or sample")
    @APIResponse(responseCode = "409", description = "oversight.sample-no-finding, oversight.sample-in-case")
    public CaseView openCase(@PathParam("id") UUID id, @PathParam("sample") UUID sample) {
        return samples.openCase(id, sample);
    }

    /** An inspection to plan: region as the first digits of codes of GB/T 2260, classes of risk I, II, III. */
    public record NewSampling(
            @NotBlank @Size(max = 200) String title,
            @NotBlank @Size(max = 4000) String purpose,
            @Nullable @Size(max = 6) String region,
            @Nullable @Size(max = 40) String category,
            @NotEmpty @Size(max = 3) List<@NotBlank String> classes,
            @NotNull LocalDate dueOn) {}

    /** What whoever draws adds to the seed. */
    public record Word(@NotBlank @Size(max = 200) String word) {}

    /** What was found. */
    public record Inspected(
            @NotBlank @Size(max = 20) String result,
            @Nullable @Size(max = 4000) String finding) {}
}
