package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Drain;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what a run costs: seconds out of rotation by the truth, and calls to ARM. */
final class Tally {
    private final Clockwork clock;
    private final Map<VmId, List<Long>> rests = new HashMap<>();
    private final Map<VmId, List<Long>> reads = new HashMap<>();
    private final Map<VmId, List<Long>> writes = new HashMap<>();

    /**
     * What one drain was like.
     *
     * @param type of its first event; Operator when it had none
     * @param out how long its VM received no flows while it was open
     */
    record Cost(String type, boolean drained, long out, int reads, int writes) {
        Cost as(String other) {
            return new Cost(other, drained, out, reads, writes);
        }
    }

    Tally(Clockwork clock) {
        this.clock = clock;
    }

    /** This VM receives no new flows in this second. */
    void rests(VmId vm) {
        count(rests, vm);
    }

    void reads(VmId vm) {
        count(reads, vm);
    }

    void writes(VmId vm) {
        count(writes, vm);
    }

    private void count(Map<VmId, List<Long>> what, VmId vm) {
        what.computeIfAbsent(vm, _ -> new ArrayList<>()).add(clock.now());
    }

    /** The cost of each drain that took its VM out, or was about to. */
    List<Cost> costs(Ledger ledger, Maintenance maintenance) {
        return ledger.drains(1000).stream()
                .flatMap(drain -> cost(drain, ledger.timeline(drain.id()), maintenance).stream())
                .toList();
    }

    private Optional<Cost> cost(Drain drain, List<Entry> told, Maintenance maintenance) {
        var left = told.stream().anyMatch(entry -> entry.type().equals("StateDraining"));
        if (!left || drain.closed().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Cost(
                        type(drain, maintenance),
                        told.stream().anyMatch(entry -> entry.type().equals("StateDrained")),
                        within(rests, drain),
                        within(reads, drain),
                        within(writes, drain)));
    }

    private static String type(Drain drain, Maintenance maintenance) {
        return drain.events().stream()
                .findFirst()
                .map(id ->
                        maintenance
                                .find(id.id())
                                .map(event -> event.type.toString())
                                .orElse("made up"))
                .orElse("operator");
    }

    private static int within(Map<VmId, List<Long>> what, Drain drain) {
        var from = millis(drain.opened());
        var until = millis(drain.closed().orElseThrow());
        return (int)
                what.getOrDefault(drain.vm(), List.of()).stream()
                        .filter(at -> at >= from && at <= until)
                        .count();
    }

    private static long millis(Instant time) {
        return Duration.between(Clockwork.at(0), time).toMillis();
    }
}
