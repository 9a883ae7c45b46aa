package io.ebb.demo.report;

import io.ebb.demo.fleet.Announced;
import io.ebb.demo.fleet.Flows;
import io.ebb.demo.fleet.Happening;
import io.ebb.demo.load.Result;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of one run: what its client saw and what the simulator recorded.
 *
 * @param from when the load began, with all VMs in rotation
 * @param to when it ended
 * @param load what the client saw
 * @param record the simulator's record
 * @param events its events, the first of them the one that both runs have
 * @param flows its counts of open connections
 */
public record Run(
        Instant from,
        Instant to,
        Result load,
        List<Happening> record,
        List<Announced> events,
        List<Flows> flows) {
    public Run {
        record = List.copyOf(record);
        events = List.copyOf(events);
        flows = List.copyOf(flows);
    }

    /** When each VM was out. */
    public Rotation rotation() {
        return Rotation.of(record, from);
    }

    /** How long the VM was out, in seconds. */
    public double outOfRotationSeconds(String vm) {
        return rotation().total(vm, to).toMillis() / 1000.0;
    }
}
