package org.yiqi.web.maintenance;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PlanView;
import org.yiqi.maintenance.PriorityLevel;
import org.yiqi.maintenance.WorkOrderState;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.Texts;

/** How work orders and plans look: colour, icon and words of state, priority and clock; names of organisations. */
@Named
@RequestScoped
public class OrderLook {

    private static final Duration SOON = Duration.ofHours(1);

    @Inject
    Organisations organisations;

    @Inject
    Formats formats;

    @Inject
    Texts texts;

    @Inject
    Language language;

    @Inject
    Clock clock;

    private final Map<UUID, String> names = new HashMap<>();

    public String stateKind(WorkOrderState state) {
        return switch (state) {
            case REQUESTED, WAITING_PARTS, WAITING_SITE -> "warn";
            case TRIAGED, DISPATCHED, ACCEPTED, EN_ROUTE, IN_PROGRESS, REPAIRED -> "info";
            case VERIFIED, RELEASED -> "ok";
            case CLOSED, CANCELLED -> "mute";
        };
    }

    public String stateIcon(WorkOrderState state) {
        return switch (state) {
            case REQUESTED -> "inbox";
            case TRIAGED -> "sort-amount-down";
            case DISPATCHED -> "send";
            case ACCEPTED -> "thumbs-up";
            case EN_ROUTE -> "car";
            case IN_PROGRESS -> "wrench";
            case WAITING_PARTS -> "box";
            case WAITING_SITE -> "pause";
            case REPAIRED -> "check-square";
            case VERIFIED -> "verified";
            case RELEASED -> "lock-open";
            case CLOSED -> "check";
            case CANCELLED -> "ban";
        };
    }

    public String levelKind(PriorityLevel level) {
        return switch (level) {
            case P1 -> "bad";
            case P2 -> "warn";
            case P3 -> "info";
            case P4 -> "mute";
        };
    }

    public String slaKind(WorkOrderView order) {
        Duration left = left(order);
        if (order.state() == WorkOrderState.WAITING_PARTS) {
            return "mute";
        }
        if (left == null) {
            return "mute";
        }
        return left.isNegative() ? "bad" : left.compareTo(SOON) < 0 ? "warn" : "ok";
    }

    public String slaIcon(WorkOrderView order) {
        return switch (slaKind(order)) {
            case "bad" -> "exclamation-circle";
            case "warn" -> "clock";
            case "ok" -> "check-circle";
            default -> order.state() == WorkOrderState.WAITING_PARTS ? "pause" : "minus";
        };
    }

    /** What is owed next and how much time is left, such as "Accept: 12 min left". */
    public String slaText(WorkOrderView order) {
        if (order.state() == WorkOrderState.WAITING_PARTS) {
            return texts.get("maintenance.sla.paused");
        }
        Duration left = left(order);
        if (left == null) {
            return texts.get("maintenance.sla.none");
        }
        String what = texts.get("maintenance.sla." + what(order.state()));
        return left.isNegative()
                ? texts.format("maintenance.sla.late", what, formats.duration(left.abs()))
                : texts.format("maintenance.sla.left", what, formats.duration(left));
    }

    public String planKind(PlanView.Standing standing) {
        return switch (standing) {
            case ON_TIME -> "ok";
            case DUE_SOON -> "info";
            case DUE -> "warn";
            case OVERDUE -> "bad";
            case ENDED -> "mute";
        };
    }

    /** An organisation's name in the reader's language. */
    public String org(@Nullable UUID id) {
        if (id == null) {
            return "";
        }
        return names.computeIfAbsent(id, key -> {
            try {
                return organisations.get(key).name(language.get() == Lang.ZH ? "zh" : "en");
            } catch (NotFound e) {
                return "";
            }
        });
    }

    public String downtime(WorkOrderView order) {
        Instant since = order.times().downSince();
        if (since == null) {
            return "";
        }
        Instant until = order.times().releasedAt();
        return formats.duration(Duration.between(since, until == null ? clock.instant() : until));
    }

    private static String what(WorkOrderState state) {
        return switch (state) {
            case REQUESTED -> "triage";
            case DISPATCHED -> "accept";
            case ACCEPTED, EN_ROUTE -> "arrive";
            default -> "fix";
        };
    }

    private @Nullable Duration left(WorkOrderView order) {
        Instant due = order.due();
        return due == null ? null : Duration.between(clock.instant(), due);
    }
}
