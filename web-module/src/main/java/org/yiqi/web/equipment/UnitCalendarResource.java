package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.CustodyPeriod;
import org.yiqi.equipment.SlotState;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.SlotView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;

/** When a unit is taken, and who answers for it. */
@Path("/units")
@Tag(name = "equipment")
@Produces(MediaType.APPLICATION_JSON)
public class UnitCalendarResource {

    @Inject
    Units units;

    @Inject
    Calendar calendar;

    @Inject
    Custody custody;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @GET
    @Path("/{id}/calendar")
    @Operation(summary = "What takes a unit's time between two instants; the next 30 days unless told")
    @APIResponse(responseCode = "200", description = "The taken times in order")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "422", description = "from or to is no instant, or to is not after from")
    public List<SlotView> calendar(
            @PathParam("id") UUID id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        units.get(id);
        Instant begin = from == null ? clock.instant() : instant(from, "from");
        Instant end = to == null ? begin.plus(Duration.ofDays(30)) : instant(to, "to");
        return calendar.slots(id, new Period(begin, end));
    }

    @POST
    @Path("/{id}/calendar")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take time of a unit that your organisation owns or holds, for its own use")
    @APIResponse(responseCode = "201", description = "The place in the calendar")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The unit is another organisation's")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "409", description = "Taken; three free times nearby are in alternatives")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response take(@PathParam("id") UUID id, @NotNull @Valid TakeTimeRequest request) {
        var unit = units.get(id);
        UUID org = caller.orgId();
        if (!org.equals(unit.ownerId()) && !org.equals(unit.custodianId())) {
            throw new NotPermitted("equipment.not-the-keeper", "Only who owns or holds a unit does this");
        }
        String note = request.note();
        SlotView slot = calendar.reserve(
                id,
                request.period(),
                request.use() == null ? SlotUse.CLINICAL : request.use(),
                Ids.next(),
                SlotState.BOOKED,
                null,
                note == null ? "" : note.strip());
        return Response.status(Response.Status.CREATED).entity(slot).build();
    }

    @POST
    @Path("/{id}/calendar/{slot}/release")
    @Operation(summary = "Give time back that your organisation took for its own use")
    @APIResponse(responseCode = "204", description = "The time is free")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Another organisation or another process took it")
    @APIResponse(responseCode = "404", description = "No such unit or place for you")
    public void release(@PathParam("id") UUID id, @PathParam("slot") UUID slotId) {
        units.get(id);
        calendar.releaseOwn(id, slotId);
    }

    @GET
    @Path("/{id}/custody")
    @Operation(summary = "Who answered for a unit from when to when, newest first; with ?at= who did at that instant")
    @APIResponse(responseCode = "200", description = "The custody, each on an act")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit for you, or nobody held it yet at that instant")
    @APIResponse(responseCode = "422", description = "at is no instant")
    public List<CustodyPeriod> custody(@PathParam("id") UUID id, @QueryParam("at") @Nullable String at) {
        units.get(id);
        if (at == null) {
            return custody.of(id);
        }
        return List.of(custody.custodianAt(id, instant(at, "at"))
                .orElseThrow(() -> new NotFound("equipment.no-custody", "Nobody held the unit then")));
    }

    private static Instant instant(String text, String field) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new RuleViolation("shared.bad-value", "Not an instant such as 2026-03-31T08:00:00Z", e)
                    .at("/" + field, "RFC 3339, UTC");
        }
    }

    /** Which time, and what for: CLINICAL unless told. */
    public record TakeTimeRequest(
            @NotNull Period period,
            @Nullable SlotUse use,
            @Nullable @Size(max = 300) String note) {}
}
