package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Drain;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes the history that people read: one drain per VM and time out of rotation, and its timeline.
 * Nothing is ever decided from it.
 */
final class Chronicle {
    static final String WHO = "ebb";

    private final Instant now;
    private final DrainRecord record;
    private final Map<VmId, Drain> before = new LinkedHashMap<>();
    private final Map<VmId, Drain> changed = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Vm> vms;

    private record Line(
            VmId vm,
            String type,
            String message,
            Optional<String> before,
            Optional<String> after) {}

    Chronicle(Sight sight, RandomGenerator random) {
        this.now = sight.world().now();
        this.vms = sight.world().vms();
        this.record = new DrainRecord(sight, random);
        sight.open().drains().forEach(drain -> before.put(drain.vm(), drain));
    }

    /** Opens, changes and closes the drains. */
    void follow(Plan plan) {
        for (var vm : vms) {
            var state = plan.states().get(vm.id());
            if (state != null && !isPassing(vm)) {
                follow(vm, state);
            }
        }
        // Deleted, and nothing of it is left that could go back.
        for (var drain : before.values()) {
            if (!plan.states().containsKey(drain.vm())) {
                close(record.vanished(drain));
            }
        }
    }

    /** That a reading is a second too old is no news. */
    private static boolean isPassing(Vm vm) {
        return vm.hindrance()
                .filter(h -> h instanceof Vm.Hindrance.Unread unread && unread.passing())
                .isPresent();
    }

    private void follow(Vm vm, State state) {
        var drain = Optional.ofNullable(before.get(vm.id()));
        if (state instanceof State.Untouched) {
            drain.ifPresent(open -> close(record.closed(open, vm)));
        } else {
            write(drain, vm, state);
        }
    }

    private void write(Optional<Drain> before, Vm vm, State state) {
        var drain = before.orElseGet(() -> record.opened(vm, state));
        var next = record.next(drain, vm, state, before.isEmpty());
        if (before.isEmpty() || !next.equals(drain)) {
            changed.put(vm.id(), next);
        }
        tell(before, drain, next, vm, state);
    }

    private void tell(Optional<Drain> before, Drain drain, Drain next, Vm vm, State state) {
        var isNew = before.isEmpty();
        var turned = isNew || !drain.state().equals(state.word());
        var otherReason = state instanceof State.Waiting && !drain.why().equals(next.why());
        if (turned || otherReason) {
            say(
                    vm.id(),
                    "State" + state.word(),
                    "%s: %s".formatted(state.word(), DrainRecord.tell(vm, state)),
                    before.map(Drain::state),
                    Optional.of(state.word()));
        } else if (!drain.connections().equals(next.connections())
                && state instanceof State.Draining) {
            say(vm.id(), "Connections", DrainRecord.told(next.connections()));
        }
        if (DrainRecord.isLate(next) && (isNew || !DrainRecord.isLate(drain))) {
            say(
                    vm.id(),
                    "DeadlinePassed",
                    "its deadline has passed, not drained: "
                            + DrainRecord.told(DrainRecord.count(vm)));
        }
        if (next.parked().isPresent() && drain.parked().isEmpty()) {
            say(vm.id(), "Parked", "does not come back: " + next.parked().get());
        }
    }

    private void close(Drain closed) {
        changed.put(closed.vm(), closed);
        say(
                closed.vm(),
                "Closed",
                closed.outcome().orElse(""),
                Optional.ofNullable(before.get(closed.vm())).map(Drain::state),
                Optional.of(closed.state()));
    }

    /** Adds a line to the VM's drain, or to none when it has none. */
    void say(VmId vm, String type, String message) {
        say(vm, type, message, Optional.empty(), Optional.empty());
    }

    /** The same, of a change. */
    void say(
            VmId vm, String type, String message, Optional<String> before, Optional<String> after) {
        lines.add(new Line(vm, type, message, before, after));
    }

    /** Whether a VM has a drain that stays open after this turn. */
    boolean isOpen(VmId vm) {
        var drain = changed.getOrDefault(vm, before.get(vm));
        return drain != null && drain.closed().isEmpty();
    }

    List<Drain> drains() {
        return List.copyOf(changed.values());
    }

    List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        lines.forEach(line -> entries.add(entry(line)));
        return entries;
    }

    private Entry entry(Line line) {
        var drain = Optional.ofNullable(changed.getOrDefault(line.vm(), before.get(line.vm())));
        return new Entry(
                0,
                now,
                drain.map(Drain::id),
                Optional.of(line.vm()),
                line.type(),
                WHO,
                line.message(),
                line.before(),
                line.after());
    }
}
