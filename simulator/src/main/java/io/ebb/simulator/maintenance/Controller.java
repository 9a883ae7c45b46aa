package io.ebb.simulator.maintenance;

import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.scenario.Timings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides what is done to the machines and when. It tells the host agents, they tell the event
 * repositories, and from there the machines read it.
 */
public final class Controller implements UserOperations, Approvals {
    private final List<HostAgent> hosts;
    private final Map<VirtualMachine, EventRepository> machines;
    private final Timings timings;
    private final Record record;
    private final InstantSource time;
    private final Map<String, Event> events = new LinkedHashMap<>();
    private final Semaphore changes = new Semaphore(0);

    /**
     * @param hosts one for each node; for a redeploy one of them must be empty
     * @param machines each with the repository of its scope unit
     */
    public Controller(
            List<HostAgent> hosts,
            Map<VirtualMachine, EventRepository> machines,
            Timings timings,
            Record record,
            InstantSource time) {
        this.hosts = List.copyOf(hosts);
        this.machines = Map.copyOf(machines);
        this.timings = timings;
        this.record = record;
        this.time = time;
    }

    /**
     * Announces work on machines.
     *
     * @throws NoSuchElementException if there is no such machine
     */
    public Event schedule(Work work) {
        return schedule(work, timings.settle());
    }

    /**
     * The same with another time from the end of the impact until the event leaves the document.
     *
     * @throws NoSuchElementException if there is no such machine
     */
    public synchronized Event schedule(Work work, Duration settle) {
        work.vms().forEach(this::machine);
        var event = Event.announced(newId(), work, settle, time.instant());
        record.add(
                "eventScheduled",
                event.id(),
                work.type() + " of " + String.join(", ", work.vms()) + " by " + work.source());
        return keep(event);
    }

    /**
     * Starts work without an announcement.
     *
     * @throws NoSuchElementException if there is no such machine
     */
    public synchronized Event startNow(Work work) {
        work.vms().forEach(this::machine);
        var event = Event.straightToStarted(newId(), work, timings.settle(), time.instant());
        record.add("eventStarted", event.id(), work.type() + " without an announcement");
        return keep(event);
    }

    /**
     * Calls an event off.
     *
     * @return whether it was still possible
     * @throws NoSuchElementException if there is no such event
     */
    public synchronized boolean cancel(String eventId) {
        var event = events.get(key(eventId));
        if (event == null) {
            throw new NoSuchElementException("no event " + eventId);
        }
        var canceled = event.canceled(time.instant());
        canceled.ifPresent(gone -> {
            record.add("eventCanceled", gone.id(), "");
            keep(gone);
        });
        return canceled.isPresent();
    }

    @Override
    public synchronized boolean approve(String eventId, Collection<String> of, String by) {
        return approve(eventId, by, event -> of.stream().anyMatch(event.work()::concerns));
    }

    /** Approves only what the document of one scope unit shows. */
    public synchronized boolean approve(String eventId, String by, EventRepository scope) {
        return approve(
                eventId,
                by,
                event ->
                        scope.document().events().stream()
                                .anyMatch(shown -> shown.id().equals(event.id())));
    }

    private boolean approve(String eventId, String by, Predicate<Event> visible) {
        var event = events.get(key(eventId));
        if (event == null || !event.listed() || !visible.test(event)) {
            return false;
        }
        var approved = event.approved(by, time.instant());
        if (!approved.equals(event)) {
            record.add("eventApproved", approved.id(), by);
            keep(approved);
        } else {
            var stage = event.started() ? "after its start" : "before its start";
            record.add("eventApprovedAgain", event.id(), by + ", " + stage);
        }
        return true;
    }

    @Override
    public void restart(String vm) {
        ask(EventType.Reboot, vm);
    }

    @Override
    public void redeploy(String vm) {
        ask(EventType.Redeploy, vm);
    }

    @Override
    public synchronized void simulateEviction(String vm) {
        var name = machine(vm).name();
        schedule(Work.of(EventType.Preempt, List.of(name), Duration.ZERO, Source.Platform));
    }

    @Override
    public synchronized void deallocate(String vm) {
        var machine = machine(vm);
        clear(vm);
        machine.stop(Power.DEALLOCATED);
    }

    @Override
    public void start(String vm) {
        var machine = machine(vm);
        Thread.ofVirtual().name("start " + vm).start(() -> machine.powerOn(timings.boot()));
    }

    /** The repositories of all scope units. */
    public Set<EventRepository> repositories() {
        return Set.copyOf(machines.values());
    }

    /** All events since the start, the oldest first. */
    public synchronized List<Event> events() {
        return List.copyOf(events.values());
    }

    /**
     * Moves every event on that is due.
     *
     * @return when the next one is due, if any is open
     */
    public synchronized Optional<Instant> advance(Instant now) {
        for (var event : List.copyOf(events.values())) {
            if (!heldBack(event)) {
                event.next(now).ifPresent(this::moved);
            }
        }
        return events.values().stream()
                .filter(event -> !heldBack(event))
                .map(Event::due)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Waits until an event was changed from outside, at most so long. */
    public void awaitChange(Duration atMost) throws InterruptedException {
        if (changes.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
            changes.drainPermits();
        }
    }

    /** A Terminate waits for the pending Terminates of its scope unit, though it is approved. */
    private boolean heldBack(Event event) {
        return event.work().type() == EventType.Terminate
                && event.life() instanceof Life.Approved
                && events.values().stream()
                        .anyMatch(other ->
                                other.work().type() == EventType.Terminate
                                        && other.life() instanceof Life.Scheduled
                                        && sameScope(event, other));
    }

    private boolean sameScope(Event one, Event other) {
        var scopes = repositories(one).toList();
        return repositories(other).anyMatch(scopes::contains);
    }

    private Stream<EventRepository> repositories(Event event) {
        return machines.entrySet().stream()
                .filter(entry -> event.work().concerns(entry.getKey().name()))
                .map(Map.Entry::getValue);
    }

    private void moved(Event event) {
        try {
            act(event);
        } finally {
            keep(event); // also if a host failed: it would fail again, at once and for ever
        }
    }

    private void act(Event event) {
        switch (event.life()) {
            case Life.Started(var approval, _) ->
                    record.add(
                            "eventStarted",
                            event.id(),
                            approval.map(a -> "approved by " + a.by())
                                    .orElse("NotBefore has passed"));
            case Life.Impacting _ -> {
                if (event.work().type() == EventType.Terminate) {
                    event.work().vms().forEach(this::clear);
                }
                concerned(event).forEach(host -> host.begin(event, emptyNode(host)));
            }
            case Life.Settling _ -> concerned(event).forEach(host -> host.end(event));
            case Life.Completed _ -> record.add("eventGone", event.id(), "");
            case Life.Scheduled _, Life.Approved _, Life.Canceled _ ->
                    throw new IllegalStateException("no event moves to " + event.life());
        }
    }

    private Event keep(Event event) {
        events.put(key(event.id()), event);
        concerned(event)
                .forEach(host -> {
                    if (event.listed()) {
                        host.announce(event);
                    } else {
                        host.withdraw(event);
                    }
                });
        changes.release();
        return event;
    }

    private List<HostAgent> concerned(Event event) {
        return hosts.stream()
                .filter(host -> event.work().vms().stream().anyMatch(host::hosts))
                .toList();
    }

    private HostAgent emptyNode(HostAgent instead) {
        return hosts.stream().filter(HostAgent::empty).findFirst().orElse(instead);
    }

    /** Whoever is gone has nothing to expect. */
    private void clear(String vm) {
        for (var event : List.copyOf(events.values())) {
            if (event.listed() && !event.started() && event.work().concerns(vm)) {
                clear(event, vm);
            }
        }
    }

    private void clear(Event event, String vm) {
        if (event.work().vms().size() == 1) {
            cancel(event.id());
        } else {
            keep(event.without(vm));
        }
    }

    private synchronized void ask(EventType type, String vm) {
        var machine = machine(vm);
        var down = timings.boot().multipliedBy(4);
        var work = Work.of(type, List.of(machine.name()), down, Source.User);
        var repository = machines.get(machine);
        if (repository != null && repository.enabled(time.instant())) {
            schedule(work);
        } else {
            startNow(work);
        }
    }

    private VirtualMachine machine(String name) {
        return machines.keySet().stream()
                .filter(machine -> machine.power() != Power.DELETED)
                .filter(machine -> machine.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no machine " + name));
    }

    private static String newId() {
        return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    }

    private static String key(String eventId) {
        return eventId.toUpperCase(Locale.ROOT);
    }
}
