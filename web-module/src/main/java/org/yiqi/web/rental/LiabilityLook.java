package org.yiqi.web.rental;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.AppealGround;
import org.yiqi.rental.Damage;
import org.yiqi.rental.LiabilityRole;
import org.yiqi.rental.LiabilityState;
import org.yiqi.rental.LiabilityView;
import org.yiqi.shared.Amount;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.OrganisationNames;
import org.yiqi.web.shell.Texts;

/** How cases of damage look and read. */
@Named("liabilityLook")
@RequestScoped
public class LiabilityLook {

    /** The straight path, as the steps of a case's page show it. */
    private static final List<LiabilityState> PATH = List.of(
            LiabilityState.REPORTED,
            LiabilityState.EVIDENCE,
            LiabilityState.STATEMENTS,
            LiabilityState.ASSESSED,
            LiabilityState.PROPOSED,
            LiabilityState.AGREED,
            LiabilityState.SETTLED);

    private static final List<LiabilityState> CONTESTED = List.of(
            LiabilityState.REPORTED,
            LiabilityState.STATEMENTS,
            LiabilityState.ASSESSED,
            LiabilityState.DISPUTED,
            LiabilityState.PANEL,
            LiabilityState.DECIDED,
            LiabilityState.FINAL,
            LiabilityState.SETTLED);

    private static final Set<LiabilityState> OFF_THE_PATH = Set.of(
            LiabilityState.DISPUTED,
            LiabilityState.PANEL,
            LiabilityState.DECIDED,
            LiabilityState.APPEAL,
            LiabilityState.FINAL);

    @Inject
    Texts texts;

    @Inject
    Formats formats;

    @Inject
    OrganisationNames organisations;

    public LiabilityState[] getStates() {
        return LiabilityState.values();
    }

    public Damage[] getDamages() {
        return Damage.values();
    }

    public AppealGround[] getGrounds() {
        return AppealGround.values();
    }

    /** Who can be named beside those who take part by themselves. */
    public List<LiabilityRole> getNamedRoles() {
        return List.of(LiabilityRole.CARRIER, LiabilityRole.SUPPLIER, LiabilityRole.MAINTAINER, LiabilityRole.PLATFORM);
    }

    public List<LiabilityState> path(LiabilityView seen) {
        return contested(seen) ? CONTESTED : PATH;
    }

    /** Whether a step of the path lies behind a case ({@code done}), is where it stands ({@code now}), or is to come. */
    public String step(LiabilityState step, LiabilityView seen) {
        List<LiabilityState> path = path(seen);
        LiabilityState state =
                switch (seen.state()) {
                    case APPEAL -> LiabilityState.DECIDED;
                    case EVIDENCE ->
                        path.contains(LiabilityState.EVIDENCE) ? LiabilityState.EVIDENCE : LiabilityState.REPORTED;
                    default -> seen.state();
                };
        int here = path.indexOf(state);
        int at = path.indexOf(step);
        if (here < 0) {
            return "";
        }
        return at < here || state == LiabilityState.SETTLED ? "done" : at == here ? "now" : "";
    }

    private static boolean contested(LiabilityView seen) {
        return OFF_THE_PATH.contains(seen.state()) || !seen.panel().isEmpty();
    }

    public String kind(LiabilityState state) {
        return switch (state) {
            case REPORTED, EVIDENCE, STATEMENTS, PANEL, APPEAL -> "info";
            case ASSESSED, PROPOSED, DECIDED -> "warn";
            case DISPUTED -> "bad";
            case AGREED, FINAL, SETTLED -> "ok";
            case WITHDRAWN -> "mute";
        };
    }

    public String splitKind(LiabilityView.Proposal.Status state) {
        return switch (state) {
            case OPEN -> "info";
            case STANDS -> "ok";
            case DISPUTED, REFUSED -> "bad";
            case LAPSED -> "mute";
        };
    }

    public String stepKind(LiabilityView.Step step) {
        return switch (step.verb()) {
            case "dispute", "refuse", "silent", "lapse" -> "bad";
            case "file-appeal", "appeal" -> "warn";
            default -> "ok";
        };
    }

    public String roles(LiabilityView.Party party) {
        return party.roles().stream()
                .map(r -> texts.get("rental.liability.role." + r))
                .collect(Collectors.joining(" · "));
    }

    public String money(@Nullable Amount amount) {
        return amount == null ? "–" : formats.money(amount.toMoney());
    }

    /** The value of a fact for people: names for ids of organisations, times of the platform's zone, words for yes and no. */
    public String value(LiabilityView.Fact fact) {
        String value = fact.value();
        if (value.isEmpty()) {
            return "–";
        }
        return switch (fact.name()) {
            case "custodian", "organisation" -> organisation(value);
            case "from", "to", "at", "silentSince" -> time(value);
            case "sound" -> texts.get("true".equals(value) ? "rental.liability.yes" : "rental.liability.no");
            case "category" -> texts.get("equipment.category." + value);
            default -> value;
        };
    }

    private String organisation(String id) {
        try {
            return organisations.name(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return id;
        }
    }

    private String time(String instant) {
        try {
            return formats.dateTime(Instant.parse(instant));
        } catch (DateTimeParseException e) {
            return instant;
        }
    }
}
