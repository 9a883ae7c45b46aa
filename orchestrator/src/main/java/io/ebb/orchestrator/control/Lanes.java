package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Member;
import io.ebb.orchestrator.drain.Standing;
import io.ebb.orchestrator.drain.Step;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.orchestrator.pool.Patience;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the writes, each lane on a virtual thread of its own, so that one slow call holds up
 * nobody else. A busy lane is skipped: the next turn decides anew. A write is sent only while the
 * lease that planned it runs on for longer than the request may take.
 */
@Singleton
public final class Lanes {
    /** How long the request of a write may take; its operation is followed for longer. */
    public static final Duration REQUEST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LoadBalancer loadBalancer;
    private final Readings readings;
    private final Hindrances hindrances;
    private final Ledger ledger;
    private final Late late;
    private final Underway underway;
    private final Notes notes;
    private final Wake wake;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    private record Pause(Instant until, Duration length) {}

    /**
     * One write: a resource as it was looked at, and the changes wanted on it.
     *
     * @param leaving the members that it takes out
     */
    private record Write(
            Resource resource, List<Change> changes, List<Ledger.TakenMember> leaving) {}

    @Inject
    public Lanes(
            LoadBalancer loadBalancer,
            Readings readings,
            Hindrances hindrances,
            Ledger ledger,
            Underway underway,
            Notes notes,
            Wake wake) {
        this(
                loadBalancer,
                readings,
                hindrances,
                ledger,
                underway,
                notes,
                wake,
                lane -> Thread.ofVirtual().name("lane").start(lane),
                System::nanoTime);
    }

    Lanes(
            LoadBalancer loadBalancer,
            Readings readings,
            Hindrances hindrances,
            Ledger ledger,
            Underway underway,
            Notes notes,
            Wake wake,
            Executor executor,
            LongSupplier nanoTime) {
        this.loadBalancer = loadBalancer;
        this.readings = readings;
        this.hindrances = hindrances;
        this.ledger = ledger;
        this.late = new Late(ledger);
        this.underway = underway;
        this.notes = notes;
        this.wake = wake;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    /**
     * Starts what can be started.
     *
     * @param term the lease's length
     */
    void perform(Ledger.Lease lease, Duration term, Sight sight, List<Step> steps) {
        late.pay();
        var changes = new LinkedHashMap<String, Write>();
        for (var step : steps) {
            if (step instanceof Step.OnMember on) {
                change(on, sight)
                        .flatMap(change ->
                                resource(on.member(), sight)
                                        .map(r -> write(r, change, on.member())))
                        .ifPresent(w -> changes.merge(w.resource().id(), w, Lanes::join));
            }
        }
        for (var resource : sight.everyResource()) {
            var spent = Adoption.spent(sight, resource);
            if (!spent.isEmpty()) {
                changes.putIfAbsent(resource.id(), new Write(resource, spent, List.of()));
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        var request = request(term);
        changes.values().forEach(write -> start(lease, request, write, sight));
    }

    /** How much of a lease of this length must be left for a request to be sent. */
    static Duration request(Duration term) {
        var half = term.dividedBy(2);
        return half.compareTo(REQUEST) < 0 ? half : REQUEST;
    }

    /** Whether no write is under way. */
    boolean isIdle() {
        return busy.isEmpty();
    }

    private static Write write(Resource resource, Change change, Member member) {
        List<Ledger.TakenMember> leaving =
                change instanceof Change.Leave leave
                        ? List.of(Late.leaving(resource, leave, member.strategy()))
                        : List.of();
        return new Write(resource, List.of(change), leaving);
    }

    private static Write join(Write one, Write other) {
        var changes = new ArrayList<>(one.changes());
        changes.addAll(other.changes());
        var leaving = new ArrayList<>(one.leaving());
        leaving.addAll(other.leaving());
        return new Write(one.resource(), changes, leaving);
    }

    /** The write that a step needs; most of a quiesce is the agent's doing and needs none. */
    private static Optional<Change> change(Step.OnMember step, Sight sight) {
        var member = step.member();
        var row = sight.taken(member.id());
        var saved =
                row.map(Ledger.TakenMember::saved)
                        .or(() -> sight.placed(member.id()).map(placed -> placed.place().saved()));
        return switch (step) {
            case Step.TakeOut _ when member.standing() != Standing.OUT ->
                    saved.map(state -> new Change.Leave(member.id(), state));
            case Step.PutBack _ when member.standing() == Standing.OUT ->
                    saved.map(state -> new Change.Join(member.id(), state));
            default -> Optional.empty();
        };
    }

    private static Optional<Resource> resource(Member member, Sight sight) {
        return sight.placed(member.id())
                .map(Sight.Placed::resource)
                .or(() ->
                        sight.taken(member.id())
                                .flatMap(row ->
                                        sight
                                                .resources()
                                                .getOrDefault(member.id().vm(), List.of())
                                                .stream()
                                                .filter(r -> isSame(r, row))
                                                .findFirst()));
    }

    private static boolean isSame(Resource resource, Ledger.TakenMember row) {
        return resource.id().equalsIgnoreCase(row.resource()) && resource.guid().equals(row.guid());
    }

    private void start(Ledger.Lease lease, Duration request, Write write, Sight sight) {
        var lane = write.resource().lane();
        var paused = pauses.get(write.resource().id());
        if (paused != null && paused.until().isAfter(sight.world().now())) {
            return;
        }
        // Checked before it is begun, and by the driver again before each request.
        var left = Duration.between(ledger.now(), lease.until());
        if (left.compareTo(request) < 0 || !busy.add(lane)) {
            return;
        }
        if (!readings.isCurrent(write.resource())) {
            // It has changed since the turn looked, by another write of ours or by others.
            busy.remove(lane);
            wake.up();
            return;
        }
        var patience = new Patience(nanoTime, left);
        underway.begin(write.resource().id());
        executor.execute(() -> {
            try {
                carryOut(write, patience);
            } finally {
                underway.end(write.resource().id());
                busy.remove(lane);
                wake.up();
            }
        });
    }

    /**
     * A store that does not answer must not keep the lane from ending: the next turn asks again.
     */
    private void remember(Write write) {
        try {
            late.remember(write.leaving());
        } catch (RuntimeException e) {
            LOG.error("remembering what {} may have left: tried again", write.resource().id(), e);
        }
    }

    private void carryOut(Write write, Patience patience) {
        var resource = write.resource();
        var begun = ledger.now();
        try {
            var verified = loadBalancer.apply(resource, write.changes(), patience);
            remember(write);
            pauses.remove(resource.id());
            readings.verified(verified, ledger.now());
            var seconds = Duration.between(begun, ledger.now()).toMillis() / 1000.0;
            if (!verified.equals(resource)) {
                write.changes().forEach(change -> tell(resource, change, seconds));
            }
        } catch (CloudException.Permanent e) {
            hindrances.add(resource.vm(), String.valueOf(e.getMessage()), ledger.now());
            failed(write, e, Optional.empty());
        } catch (CloudException.Transient e) {
            remember(write);
            failed(write, e, e.retryAfter());
        } catch (CloudException.Conflict e) {
            failed(write, e, Optional.empty());
        } catch (RuntimeException e) {
            LOG.error("writing {} failed in a way that nobody foresaw", resource.id(), e);
            remember(write);
            failed(write, e, Optional.empty());
        }
    }

    private void failed(Write write, RuntimeException e, Optional<Duration> retryAfter) {
        var id = write.resource().id();
        readings.distrust(write.resource().vm());
        var before = Optional.ofNullable(pauses.get(id)).map(Pause::length).orElse(Duration.ZERO);
        var doubled = before.isZero() ? FIRST_PAUSE : before.multipliedBy(2);
        var length =
                retryAfter.orElse(doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
        pauses.put(id, new Pause(ledger.now().plus(length), length));
        notes.add(write.resource().vm(), "Failed", String.valueOf(e.getMessage()));
    }

    private void tell(Resource before, Change change, double seconds) {
        var pool = change.member().pool().name();
        if (change instanceof Change.Join
                && before.places().stream().anyMatch(p -> p.id().equals(change.member()))) {
            notes.add(
                    change.member().vm(),
                    "TagDropped",
                    "somebody put it back into pool %s; its tag is dropped".formatted(pool));
            return;
        }
        switch (change) {
            case Change.Leave _ ->
                    notes.add(
                            change.member().vm(),
                            "TakenOut",
                            "out of pool %s, verified after %.1f s".formatted(pool, seconds));
            case Change.Join _ ->
                    notes.add(
                            change.member().vm(),
                            "PutBack",
                            "back in pool %s, verified after %.1f s".formatted(pool, seconds));
        }
    }
}
