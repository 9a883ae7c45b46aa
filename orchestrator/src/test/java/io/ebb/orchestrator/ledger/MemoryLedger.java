package io.ebb.orchestrator.ledger;

import static java.util.Comparator.comparing;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.VmId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ledger in memory, whose store's time is an argument. It passes the same contract as the real
 * one; unlike that, it keeps times to the nanosecond.
 */
public final class MemoryLedger implements Ledger {
    private record Answered(Order order, Optional<Boolean> ok, String detail) {}

    private static final Comparator<Heard> BY_NAME =
            comparing(Heard::name).thenComparing(agent -> agent.vm().value());
    private static final Comparator<SeenEvent> BY_SIGHTING =
            comparing(SeenEvent::seen)
                    .thenComparing(event -> event.id().scope())
                    .thenComparing(event -> event.id().id());
    private static final Comparator<TakenMember> BY_MEMBER =
            comparing((TakenMember member) -> member.id().vm().value())
                    .thenComparing(member -> member.id().pool().value())
                    .thenComparing(member -> member.id().place());

    private final InstantSource time;
    private final Map<EventId, SeenEvent> events = new LinkedHashMap<>();
    private final Map<MemberId, TakenMember> taken = new LinkedHashMap<>();
    private final Map<String, Answered> orders = new LinkedHashMap<>();
    private final Map<String, Drain> drains = new LinkedHashMap<>();
    private final Map<VmId, Heard> agents = new LinkedHashMap<>();
    private final Map<String, Asked> instructions = new LinkedHashMap<>();
    private final List<PolicyVersion> policies = new ArrayList<>();
    private final List<Entry> timeline = new ArrayList<>();
    private long sequence;
    private long spoken;
    private Lease held = new Lease("", 0, Instant.EPOCH);
    private Optional<Open> open = Optional.empty();
    private Instant openUntil = Instant.MIN;
    private Optional<List<Heard>> heard = Optional.empty();

    /**
     * @param time the store's time
     */
    public MemoryLedger(InstantSource time) {
        this.time = time;
    }

    @Override
    public Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public synchronized Optional<Lease> lease(String owner, Duration term) {
        var running = now().isBefore(held.until());
        if (running && !held.owner().equals(owner)) {
            return Optional.empty();
        }
        held = new Lease(owner, running ? held.fence() : held.fence() + 1, now().plus(term));
        return Optional.of(held);
    }

    @Override
    public synchronized void release(Lease lease) {
        if (isHeld(lease)) {
            held = new Lease(held.owner(), held.fence(), now());
        }
    }

    private boolean isHeld(Lease lease) {
        return held.fence() == lease.fence() && held.owner().equals(lease.owner());
    }

    @Override
    public synchronized Open open() {
        if (open.isEmpty() || open.get().spoken() != spoken || !now().isBefore(openUntil)) {
            var found = sorted();
            open = Optional.of(found);
            openUntil = firstEnd(found.instructions());
        }
        return open.get();
    }

    /** Instructions end by themselves. */
    private static Instant firstEnd(List<Instruction> standing) {
        return standing.stream()
                .flatMap(asked -> asked.until().stream())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private Open sorted() {
        var seen = new ArrayList<>(events.values());
        seen.sort(BY_SIGHTING);
        var members = new ArrayList<>(taken.values());
        members.sort(BY_MEMBER);
        return new Open(seen, members, openDrains(), standing(), policy(), spoken);
    }

    private List<Instruction> standing() {
        if (instructions.isEmpty()) {
            return List.of();
        }
        return instructions.values().stream()
                .filter(asked -> Spoken.stands(asked, now()))
                .map(Asked::instruction)
                .sorted(comparing(Instruction::since).thenComparing(Instruction::id))
                .toList();
    }

    @Override
    public synchronized Instruction instruct(Instruction wanted) {
        var before = instructions.get(wanted.id());
        if (before != null) {
            return Spoken.again(before.instruction(), wanted);
        }
        if (wanted.target() instanceof Instruction.Target.OfEvent(var event)) {
            Spoken.check(wanted, Optional.ofNullable(events.get(event)), standing());
        }
        var asked = Spoken.at(wanted, now());
        instructions.put(asked.id(), new Asked(asked, Optional.empty(), Optional.empty()));
        spoken++;
        append(Spoken.asked(asked, openDrains()));
        return asked;
    }

    @Override
    public synchronized Optional<Asked> withdraw(String id, String who) {
        var asked = instructions.get(id);
        if (asked != null && Spoken.stands(asked, now())) {
            end(id, who);
            spoken++;
            append(Spoken.withdrawn(asked.instruction(), who, now(), openDrains()));
        }
        return Optional.ofNullable(instructions.get(id));
    }

    private void end(String id, String who) {
        instructions.computeIfPresent(
                id,
                (_, asked) ->
                        asked.ended().isPresent()
                                ? asked
                                : new Asked(
                                        asked.instruction(), Optional.of(now()), Optional.of(who)));
    }

    @Override
    public synchronized Optional<Asked> instruction(String id) {
        return Optional.ofNullable(instructions.get(id));
    }

    @Override
    public synchronized List<Asked> instructions(int limit) {
        return instructions.values().stream()
                .sorted(
                        comparing((Asked asked) -> asked.instruction().since())
                                .thenComparing(asked -> asked.instruction().id())
                                .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<PolicyVersion> policy() {
        return policies.isEmpty() ? Optional.empty() : Optional.of(policies.getLast());
    }

    @Override
    public synchronized PolicyVersion revise(
            int expected, String document, String who, String why) {
        var before = policy();
        Spoken.check(expected, before);
        var next = new PolicyVersion(expected + 1, document, who, why, now());
        policies.add(next);
        spoken++;
        append(Spoken.revised(before, next));
        return next;
    }

    @Override
    public synchronized List<Entry> write(Lease lease, Turn turn) {
        require(lease);
        if (turn.spoken().isPresent() && turn.spoken().getAsLong() != spoken) {
            throw new SpokenMeanwhileException("an operator has said something since it looked");
        }
        open = Optional.empty();
        turn.events().forEach(event -> events.merge(event.id(), event, MemoryLedger::keeping));
        turn.forgotten().forEach(this::forget);
        turn.taken().forEach(member -> taken.put(member.id(), member));
        turn.settled().forEach(taken::remove);
        turn.orders().forEach(this::order);
        turn.drains().forEach(drain -> drains.put(drain.id(), drain));
        turn.fulfilled().forEach(id -> end(id, "ebb"));
        return append(turn.timeline());
    }

    private void require(Lease lease) {
        if (!isHeld(lease) || !now().isBefore(held.until())) {
            throw new LeaseLostException(
                    "writing with the lease of %s, fence %d: it has ended or passed on"
                            .formatted(lease.owner(), lease.fence()));
        }
    }

    @Override
    public synchronized void landedLate(TakenMember member, Entry entry) {
        taken.put(member.id(), member.with(member.intent(), now()));
        spoken++;
        append(List.of(entry));
    }

    private static SeenEvent keeping(SeenEvent old, SeenEvent event) {
        return acknowledged(event, old.acknowledged().or(event::acknowledged));
    }

    private static SeenEvent acknowledged(SeenEvent event, Optional<Instant> when) {
        return new SeenEvent(
                event.id(),
                event.eventId(),
                event.type(),
                event.source(),
                event.description(),
                event.vms(),
                event.status(),
                event.notBefore(),
                event.expected(),
                event.seen(),
                event.gone(),
                event.approved(),
                when);
    }

    private void forget(EventId id) {
        events.remove(id);
        orders.replaceAll((_, answered) ->
                answered.order().event().equals(id) ? ending(answered, now()) : answered);
    }

    private void order(Order order) {
        orders.merge(
                order.id(),
                new Answered(order, Optional.empty(), ""),
                (old, _) -> ending(old, order.until()));
    }

    private static Answered ending(Answered old, Instant until) {
        var order = old.order();
        return new Answered(
                new Order(order.id(), order.agent(), order.event(), order.eventId(), until),
                old.ok(),
                old.detail());
    }

    private List<Entry> append(List<Entry> entries) {
        var before = timeline.size();
        for (var entry : entries) {
            timeline.add(entry.numbered(++sequence, entry.at()));
        }
        return List.copyOf(timeline.subList(before, timeline.size()));
    }

    @Override
    public synchronized int prune(Lease lease, Instant before, int limit) {
        require(lease);
        var closed =
                drains.values().stream()
                        .filter(drain -> drain.closed().filter(before::isAfter).isPresent())
                        .sorted(comparing((Drain drain) -> drain.closed().orElseThrow()))
                        .limit(limit)
                        .toList();
        closed.forEach(drain -> drains.remove(drain.id()));
        var told =
                timeline.stream()
                        .filter(entry -> entry.at().isBefore(before))
                        .filter(entry -> entry.drain().filter(drains::containsKey).isEmpty())
                        .limit(limit)
                        .toList();
        timeline.removeAll(told);
        instructions
                .values()
                .removeIf(asked ->
                        asked.ended()
                                .or(() -> asked.instruction().until())
                                .filter(before::isAfter)
                                .isPresent());
        var ended =
                orders.values().stream()
                        .map(Answered::order)
                        .filter(order -> order.until().isBefore(before))
                        .filter(order -> !events.containsKey(order.event()))
                        .sorted(comparing(Order::until))
                        .limit(limit)
                        .toList();
        ended.forEach(order -> orders.remove(order.id()));
        return Math.max(closed.size(), Math.max(told.size(), ended.size()));
    }

    @Override
    public synchronized boolean heard(Heard heard) {
        var last = agents.get(heard.vm());
        if (last != null && last.run().equals(heard.run()) && last.sequence() >= heard.sequence()) {
            return false;
        }
        agents.put(heard.vm(), heard);
        this.heard = Optional.empty();
        return true;
    }

    @Override
    public synchronized List<Heard> agents() {
        if (heard.isEmpty()) {
            var sorted = new ArrayList<>(agents.values());
            sorted.sort(BY_NAME);
            heard = Optional.of(List.copyOf(sorted));
        }
        return heard.get();
    }

    @Override
    public synchronized Optional<Heard> agent(VmId vm) {
        return Optional.ofNullable(agents.get(vm));
    }

    @Override
    public synchronized Standing standing(VmId vm) {
        var members = new ArrayList<TakenMember>();
        for (var member : open().taken()) {
            if (member.id().vm().equals(vm)) {
                members.add(member);
            }
        }
        var now = now();
        var running = new ArrayList<Order>();
        for (var answered : orders.values()) {
            var order = answered.order();
            if (order.agent().equals(vm)
                    && now.isBefore(order.until())
                    && canBeApproved(order.event())) {
                running.add(order);
            }
        }
        running.sort(comparing(Order::id));
        return new Standing(members, running);
    }

    private boolean canBeApproved(EventId id) {
        return Optional.ofNullable(events.get(id))
                .filter(event -> event.status().equals("Scheduled"))
                .filter(event -> event.gone().isEmpty() && event.acknowledged().isEmpty())
                .filter(event -> standing().stream().noneMatch(asked -> stops(asked, id)))
                .isPresent();
    }

    private static boolean stops(Instruction asked, EventId id) {
        return asked.asks(Instruction.Kind.HOLD, id) || asked.asks(Instruction.Kind.CANCEL, id);
    }

    @Override
    public synchronized void result(String id, boolean ok, String detail) {
        var answered = orders.get(id);
        if (answered == null
                || answered.ok().equals(Optional.of(true))
                || answered.equals(new Answered(answered.order(), Optional.of(ok), detail))) {
            return;
        }
        open = Optional.empty();
        var order = answered.order();
        orders.put(id, new Answered(order, Optional.of(ok), detail));
        var event = Optional.ofNullable(events.get(order.event()));
        if (ok && event.flatMap(SeenEvent::acknowledged).isPresent()) {
            return;
        }
        if (ok) {
            event.ifPresent(seen -> events.put(seen.id(), acknowledged(seen, Optional.of(now()))));
        }
        var concerned =
                open().drains().stream()
                        .filter(drain -> drain.events().contains(order.event()))
                        .map(drain ->
                                outcome(
                                        order,
                                        Optional.of(drain.id()),
                                        Optional.of(drain.vm()),
                                        ok,
                                        detail))
                        .toList();
        append(
                concerned.isEmpty()
                        ? List.of(outcome(order, Optional.empty(), agent(order), ok, detail))
                        : concerned);
    }

    private static Optional<VmId> agent(Order order) {
        return order.isForControlPlane() ? Optional.empty() : Optional.of(order.agent());
    }

    private Entry outcome(
            Order order, Optional<String> drain, Optional<VmId> vm, boolean ok, String detail) {
        return new Entry(
                0,
                now(),
                drain,
                vm,
                ok ? "EventApproved" : "ApprovalFailed",
                order.isForControlPlane() ? order.agent().value() : "agent of " + order.agent(),
                "event %s: %s".formatted(order.eventId(), detail));
    }

    private List<Drain> openDrains() {
        var standing = new ArrayList<Drain>();
        for (var drain : drains.values()) {
            if (drain.closed().isEmpty()) {
                standing.add(drain);
            }
        }
        standing.sort(comparing(Drain::opened).thenComparing(Drain::id));
        return List.copyOf(standing);
    }

    @Override
    public synchronized List<Drain> drains(int limit) {
        return drains.values().stream()
                .sorted(comparing(Drain::opened).thenComparing(Drain::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Drain> drain(String id) {
        return Optional.ofNullable(drains.get(id));
    }

    @Override
    public synchronized List<Entry> timeline(String drain) {
        return timeline.stream().filter(entry -> entry.drain().equals(Optional.of(drain))).toList();
    }

    @Override
    public synchronized List<Entry> timelineAfter(long sequence, int limit) {
        return timeline.stream().filter(entry -> entry.sequence() > sequence).limit(limit).toList();
    }
}
