package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Standing;
import io.ebb.orchestrator.drain.Taken;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer.Place;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.protocol.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where one member stands, by everything that is known of it. */
final class Standings {
    /** How long a member without a verdict must have been back before it counts as in. */
    static final Duration SETTLING = Duration.ofSeconds(30);

    private final Readings readings;
    private final Underway underway;
    private final Duration lease;
    private final Instant now;

    Standings(Readings readings, Underway underway, Duration lease, Instant now) {
        this.readings = readings;
        this.underway = underway;
        this.lease = lease;
        this.now = now;
    }

    /**
     * The ledger's word. A write of it may land until a lease after it was written down; only what
     * was read after that says whether it did.
     */
    Taken taken(Optional<TakenMember> row) {
        if (row.isEmpty()) {
            return Taken.NO;
        }
        if (row.get().intent().isBack()) {
            return Taken.BACK;
        }
        var mayLand =
                row.get().intent() == Intent.LEAVE
                        && !readings.isReadAfter(
                                row.get().id().vm(), row.get().since().plus(lease));
        return mayLand || underway.to(row.get().resource()) ? Taken.JUST_NOW : Taken.YES;
    }

    /**
     * A taken member that its resource does not show. Azure shows a write before it has taken
     * effect: while a write is under way, or the load balancer still lists the member, it is not
     * out. It is never in either: its row would be closed, and the member lost outside. One that
     * goes back is put back whatever the load balancer still lists.
     *
     * @param resource the resource as read; empty when it was not found
     */
    Standing absent(TakenMember row, Optional<Resource> resource) {
        if (resource.isEmpty() || !resource.get().guid().equals(row.guid())) {
            return Standing.GONE;
        }
        var mayServe =
                !row.intent().isBack()
                        && (underway.to(row.resource()) || readings.lingers(row.id()));
        return mayServe ? Standing.QUIESCED : Standing.OUT;
    }

    /** A member that its resource shows. */
    Standing present(
            Place place,
            Optional<TakenMember> row,
            Optional<Inventory.KnownPool> pool,
            Optional<Testimony> voice) {
        if (isBeingPutBack(row)) {
            return Standing.OUT;
        }
        return switch (place.verdict()) {
            case UP -> answers(false, pool, voice) ? Standing.WAVERING : Standing.IN;
            case DOWN ->
                    isGoing(row) && answers(true, pool, voice)
                            ? Standing.WAVERING
                            : Standing.QUIESCED;
            case WAS_DOWN ->
                    isKnownToBeDown(row, pool, voice) ? Standing.QUIESCED : Standing.WAVERING;
            case NONE -> unheardOf(place, row, pool, voice);
        };
    }

    /** Whether it is, though the load balancer has nothing to say of it. */
    private boolean isKnownToBeDown(
            Optional<TakenMember> row,
            Optional<Inventory.KnownPool> pool,
            Optional<Testimony> voice) {
        return settles(row) || failsProbe(pool, voice);
    }

    /** A member of which the load balancer has nothing to say. */
    private Standing unheardOf(
            Place place,
            Optional<TakenMember> row,
            Optional<Inventory.KnownPool> pool,
            Optional<Testimony> voice) {
        if (isKnownToBeDown(row, pool, voice)) {
            return Standing.QUIESCED;
        }
        return readings.appeared(place.id())
                        .filter(since -> since.plus(SETTLING).isAfter(now))
                        .isPresent()
                ? Standing.WAVERING
                : Standing.IN;
    }

    /** Until that is verified it is not back, whatever is seen: the write may yet fail. */
    private boolean isBeingPutBack(Optional<TakenMember> row) {
        return row.filter(r -> r.intent().isBack() && underway.to(r.resource())).isPresent();
    }

    private boolean settles(Optional<TakenMember> row) {
        return row.filter(r -> r.intent().isBack())
                .filter(r -> r.since().plus(SETTLING).isAfter(now))
                .isPresent();
    }

    /** Without a verdict the agent's word counts, once a probe must have noticed. */
    private boolean failsProbe(Optional<Inventory.KnownPool> pool, Optional<Testimony> voice) {
        return probe(pool)
                .flatMap(probe ->
                        answer(probe, voice)
                                .filter(answer -> !answer.passing())
                                .map(answer ->
                                        answer.steady().toSeconds()
                                                > (long) probe.intervalSeconds()
                                                        * (probe.threshold() + 1)))
                .orElse(false);
    }

    private static boolean isGoing(Optional<TakenMember> row) {
        return row.filter(r -> !r.intent().isBack()).isPresent();
    }

    /**
     * Whether the agent says that it passes, or fails, the probe. One that was to fail it and
     * passes was started anew and has not been told yet; one that fails it and may pass again has
     * not been told yet either. The load balancer will notice any moment, whatever it says now.
     */
    private boolean answers(
            boolean passing, Optional<Inventory.KnownPool> pool, Optional<Testimony> voice) {
        return probe(pool)
                .flatMap(probe -> answer(probe, voice))
                .filter(answer -> answer.passing() == passing)
                .isPresent();
    }

    private static Optional<Inventory.Probe> probe(Optional<Inventory.KnownPool> pool) {
        return pool.map(Inventory.KnownPool::probes)
                .filter(probes -> !probes.isEmpty())
                .map(List::getFirst);
    }

    /** What an agent said of late of the endpoint that this probe asks. */
    private Optional<Report.Probe> answer(Inventory.Probe probe, Optional<Testimony> voice) {
        return voice.filter(said -> said.sinceHeard(now).compareTo(Vitals.SILENT) <= 0)
                .flatMap(said -> said.report().probe())
                .filter(answer -> Choice.pointsAtAgent(probe, answer));
    }
}
