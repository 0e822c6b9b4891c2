package org.yiqi.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.WorkOrderState;

/** What happened to one order and when, from the request to today. */
final class DemoChain {

    private final List<Event> events = new ArrayList<>();
    private final Instant slotFrom;
    private final Instant slotTo;

    /** @param state where it left the order */
    record Event(String act, String state, Instant at) {}

    private record Plan(String act, String state, int minutes) {}

    private DemoChain(Instant slotFrom, Instant slotTo) {
        this.slotFrom = slotFrom;
        this.slotTo = slotTo;
    }

    /** A repair that began then; it has come as far as there was time for. */
    static DemoChain repair(Instant begin, Random random, Instant now) {
        return of(repairPlan(random), begin, now);
    }

    /** A repair that came to stand where it stands a while ago. */
    static DemoChain standing(String state, Duration ago, Random random, Instant now) {
        List<Plan> plan = repairPlan(random);
        if (state.startsWith("WAITING") && plan.stream().noneMatch(p -> p.state.equals(state))) {
            int started = plan.indexOf(plan.stream()
                    .filter(p -> p.act.equals("started"))
                    .findFirst()
                    .orElseThrow());
            String act = state.equals("WAITING_PARTS") ? "waiting-parts" : "waiting-site";
            plan.add(started + 1, new Plan(act, state, 90));
        }
        int minutes = 0;
        List<Plan> done = new ArrayList<>();
        for (Plan p : plan) {
            done.add(p);
            minutes += p.minutes;
            if (p.state.equals(state)) {
                break;
            }
        }
        return of(done, now.minus(ago).minus(Duration.ofMinutes(minutes)), now);
    }

    /** A report that turned out to be nothing. */
    static DemoChain cancelled(Instant begin, Instant now) {
        return of(List.of(new Plan("requested", "REQUESTED", 0), new Plan("cancelled", "CANCELLED", 95)), begin, now);
    }

    /** Planned service, done in its slot. */
    static DemoChain service(
            Instant ordered, Instant slotFrom, Instant slotTo, boolean accepted, Random random, Instant now) {
        DemoChain chain = new DemoChain(slotFrom, slotTo);
        chain.add("requested", "REQUESTED", ordered, now);
        chain.add("dispatched", "DISPATCHED", ordered.plusMillis(300), now);
        if (!accepted) {
            return chain;
        }
        chain.add("accepted", "ACCEPTED", ordered.plusSeconds(60L * (20 + random.nextInt(500))), now);
        chain.add("started", "IN_PROGRESS", slotFrom, now);
        Instant repaired = slotTo.minusSeconds(60L * (5 + random.nextInt(20)));
        chain.add("repaired", "REPAIRED", repaired, now);
        Instant verified = repaired.plusSeconds(60L * (20 + random.nextInt(200)));
        chain.add("verified", "VERIFIED", verified, now);
        Instant released = verified.plusSeconds(60L * (5 + random.nextInt(30)));
        chain.add("released", "RELEASED", released, now);
        chain.add("closed", "CLOSED", released.plus(Duration.ofHours(10 + random.nextInt(140))), now);
        return chain;
    }

    private static List<Plan> repairPlan(Random random) {
        List<Plan> plan = new ArrayList<>();
        plan.add(new Plan("requested", "REQUESTED", 0));
        plan.add(new Plan("triaged", "TRIAGED", 4 + random.nextInt(40)));
        plan.add(new Plan("dispatched", "DISPATCHED", 3 + random.nextInt(25)));
        plan.add(new Plan("accepted", "ACCEPTED", 2 + random.nextInt(24)));
        plan.add(new Plan("departed", "EN_ROUTE", 10 + random.nextInt(50)));
        plan.add(new Plan("started", "IN_PROGRESS", 30 + random.nextInt(180)));
        if (random.nextInt(100) < 18) {
            plan.add(new Plan("waiting-parts", "WAITING_PARTS", 40 + random.nextInt(80)));
            plan.add(new Plan("resumed", "IN_PROGRESS", 1_200 + random.nextInt(4_000)));
        }
        plan.add(new Plan("repaired", "REPAIRED", 45 + random.nextInt(300)));
        plan.add(new Plan("verified", "VERIFIED", 30 + random.nextInt(400)));
        plan.add(new Plan("released", "RELEASED", 5 + random.nextInt(45)));
        plan.add(new Plan("closed", "CLOSED", 600 + random.nextInt(8_000)));
        return plan;
    }

    private static DemoChain of(List<Plan> plan, Instant begin, Instant now) {
        DemoChain chain = new DemoChain(begin, begin);
        Instant at = begin;
        for (Plan p : plan) {
            at = at.plus(Duration.ofMinutes(p.minutes));
            chain.add(p.act, p.state, at, now);
        }
        return chain;
    }

    private void add(String act, String state, Instant at, Instant now) {
        if (!at.isAfter(now)) {
            events.add(new Event(act, state, at));
        }
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    Instant begin() {
        return events.get(0).at;
    }

    String state() {
        return events.get(events.size() - 1).state;
    }

    Instant since() {
        return events.get(events.size() - 1).at;
    }

    /** Whether it has come so far; a waiting order has not been repaired. */
    boolean reached(String state) {
        return !state().equals("CANCELLED")
                && WorkOrderState.valueOf(state()).compareTo(WorkOrderState.valueOf(state)) >= 0;
    }

    @Nullable
    Instant find(String act) {
        return events.stream()
                .filter(e -> e.act.equals(act))
                .map(Event::at)
                .findFirst()
                .orElse(null);
    }

    Instant at(String act) {
        Instant at = find(act);
        if (at == null) {
            throw new IllegalStateException("not " + act + " yet");
        }
        return at;
    }

    Instant slotFrom() {
        return slotFrom;
    }

    Instant slotTo() {
        return slotTo;
    }

    /** How long it waited for parts; what still waits is not counted yet. */
    long pausedSeconds() {
        Instant from = find("waiting-parts");
        Instant to = find("resumed");
        return from == null || to == null ? 0 : Duration.between(from, to).toSeconds();
    }
}
