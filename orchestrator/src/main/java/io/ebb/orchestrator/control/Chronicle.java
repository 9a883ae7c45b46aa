package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Cause;
import io.ebb.orchestrator.drain.Connections;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Drain;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Writes the history that people read: one drain per VM and time out of rotation, and its timeline.
 * Nothing is ever decided from it.
 */
final class Chronicle {
    static final String WHO = "ebb";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final Sight sight;
    private final Instant now;
    private final RandomGenerator random;
    private final Map<VmId, Drain> before = new LinkedHashMap<>();
    private final Map<VmId, Drain> changed = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();

    private record Line(VmId vm, String type, String message) {}

    Chronicle(Sight sight, RandomGenerator random) {
        this.sight = sight;
        this.now = sight.world().now();
        this.random = random;
        sight.open().drains().forEach(drain -> before.put(drain.vm(), drain));
    }

    /** Opens, changes and closes the drains. */
    void follow(Plan plan) {
        for (var vm : sight.world().vms()) {
            var state = plan.states().get(vm.id());
            if (state != null && !isPassing(vm)) {
                follow(vm, state);
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
            drain.ifPresent(this::close);
        } else {
            write(drain.orElseGet(() -> opened(vm, state)), vm, state, drain.isEmpty());
        }
    }

    private Drain opened(Vm vm, State state) {
        var suffix = HexFormat.of().toHexDigits((short) random.nextInt());
        return new Drain(
                "%s-%s-%s".formatted(STAMP.format(now), vm.name(), suffix),
                vm.id(),
                vm.name(),
                state.word(),
                state.why(),
                causes(vm),
                now,
                deadline(vm),
                count(vm),
                Optional.empty(),
                Optional.empty());
    }

    private void write(Drain drain, Vm vm, State state, boolean isNew) {
        var worth = isNew || isWorthTelling(drain.connections(), count(vm));
        var next =
                new Drain(
                        drain.id(),
                        drain.vm(),
                        drain.vmName(),
                        state.word(),
                        state.why(),
                        causes(vm).isEmpty() ? drain.events() : causes(vm),
                        drain.opened(),
                        deadline(vm),
                        worth ? count(vm) : drain.connections(),
                        Optional.empty(),
                        Optional.empty());
        if (isNew || !next.equals(drain)) {
            changed.put(vm.id(), next);
        }
        var turned = isNew || !drain.state().equals(state.word());
        var otherReason = state instanceof State.Waiting && !drain.why().equals(state.why());
        if (turned || otherReason) {
            say(vm.id(), "State" + state.word(), "%s: %s".formatted(state.word(), tell(vm, state)));
        } else if (worth && state instanceof State.Draining) {
            say(vm.id(), "Connections", told(count(vm)));
        }
    }

    private static String tell(Vm vm, State state) {
        var count = count(vm);
        return state instanceof State.Drained ? state.why() + ", " + told(count) : state.why();
    }

    private static String told(Optional<Integer> count) {
        return count.map(Connections.Open::new)
                .map(Connections.Open::toString)
                .orElse("connections unknown");
    }

    private void close(Drain drain) {
        var outcome =
                switch (drain.state()) {
                    case "Returning" -> "back in rotation";
                    case "Waiting" -> "its cause ended while it waited";
                    default -> "its cause ended before it was taken out";
                };
        changed.put(
                drain.vm(),
                new Drain(
                        drain.id(),
                        drain.vm(),
                        drain.vmName(),
                        new State.Untouched().word(),
                        outcome,
                        drain.events(),
                        drain.opened(),
                        Optional.empty(),
                        drain.connections(),
                        Optional.of(now),
                        Optional.of(outcome)));
        say(drain.vm(), "Closed", outcome);
    }

    /** Adds a line to the VM's drain, or to none when it has none. */
    void say(VmId vm, String type, String message) {
        lines.add(new Line(vm, type, message));
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
        return lines.stream().map(this::entry).toList();
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
                line.message());
    }

    private static List<EventId> causes(Vm vm) {
        return vm.causes().stream()
                .flatMap(cause ->
                        cause instanceof Cause.Scheduled s ? Stream.of(s.event()) : Stream.empty())
                .toList();
    }

    private static Optional<Instant> deadline(Vm vm) {
        return vm.causes().isEmpty() ? Optional.empty() : Optional.of(vm.deadline());
    }

    private static Optional<Integer> count(Vm vm) {
        return switch (vm.connections()) {
            case Connections.Quiet() -> Optional.of(0);
            case Connections.Open(var count) -> Optional.of(count);
            case Connections.Unknown _ -> Optional.empty();
        };
    }

    /** Zero, or a fifth more or less than was told last: a long drain must not fill the ledger. */
    private static boolean isWorthTelling(Optional<Integer> told, Optional<Integer> count) {
        if (told.isEmpty() || count.isEmpty()) {
            return !told.equals(count);
        }
        var change = Math.abs(told.get() - count.get());
        return change > 0 && (count.get() == 0 || change >= Math.max(1, told.get() / 5));
    }
}
