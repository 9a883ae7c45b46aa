package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Cause;
import io.ebb.orchestrator.drain.Connections;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.ledger.Ledger.Drain;
import io.ebb.orchestrator.ledger.Ledger.PolicyVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What stands in the row of one drain. Pure. */
final class DrainRecord {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final String LATE = "; its deadline has passed";

    private final Sight sight;
    private final Instant now;
    private final RandomGenerator random;

    DrainRecord(Sight sight, RandomGenerator random) {
        this.sight = sight;
        this.now = sight.world().now();
        this.random = random;
    }

    Drain opened(Vm vm, State state) {
        var suffix = HexFormat.of().toHexDigits((short) random.nextInt());
        return new Drain(
                "%s-%s-%s".formatted(STAMP.format(now), vm.name(), suffix),
                vm.id(),
                vm.name(),
                state.word(),
                why(vm, state),
                now,
                causes(vm),
                now,
                deadline(vm),
                count(vm),
                policy(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The row as it is now. */
    Drain next(Drain drain, Vm vm, State state, boolean isNew) {
        var worth = isNew || isWorthTelling(drain.connections(), count(vm));
        var since = drain.state().equals(state.word()) ? drain.since() : now;
        var causes = causes(vm);
        return new Drain(
                drain.id(),
                drain.vm(),
                drain.vmName(),
                state.word(),
                why(vm, state),
                since,
                causes.isEmpty() ? drain.events() : causes,
                drain.opened(),
                deadline(vm),
                worth ? count(vm) : drain.connections(),
                policy(),
                parked(vm, state, since),
                Optional.empty(),
                Optional.empty());
    }

    Drain closed(Drain drain, Vm vm) {
        if (vm.hindrance().filter(Members.VANISHED::equals).isPresent()) {
            return closed(drain, "vanished: " + Members.VANISHED.why());
        }
        return closed(
                drain,
                switch (drain.state()) {
                    case "Returning" -> "back in rotation";
                    case "Waiting" -> "its cause ended while it waited";
                    default -> "its cause ended before it was taken out";
                });
    }

    Drain vanished(Drain drain) {
        return closed(drain, "vanished: it is not in the inventory any more");
    }

    private Drain closed(Drain drain, String outcome) {
        return new Drain(
                drain.id(),
                drain.vm(),
                drain.vmName(),
                new State.Untouched().word(),
                outcome,
                now,
                drain.events(),
                drain.opened(),
                Optional.empty(),
                drain.connections(),
                drain.policy(),
                Optional.empty(),
                Optional.of(now),
                Optional.of(outcome));
    }

    /** A VM that should be back by now is reported until it is. */
    private Optional<String> parked(Vm vm, State state, Instant since) {
        return isToReturn(vm, state) && !since.plus(sight.rules().returnWithin()).isAfter(now)
                ? Optional.of(state.why())
                : Optional.empty();
    }

    /** Also while it has a cause, if it may not leave: an exempt VM that is out is to come back. */
    private static boolean isToReturn(Vm vm, State state) {
        return switch (state) {
            case State.Returning _ -> true;
            case State.Waiting _ -> !vm.isUnread() && vm.any(m -> m.isTaken() && !m.mayServe());
            case State.Untouched _, State.Draining _, State.Drained _ -> false;
        };
    }

    private int policy() {
        return sight.open().policy().map(PolicyVersion::version).orElse(0);
    }

    private String why(Vm vm, State state) {
        var isLate =
                (state instanceof State.Draining || state instanceof State.Waiting)
                        && !now.isBefore(vm.deadline());
        return isLate ? state.why() + LATE : state.why();
    }

    /** Whether it was not drained when its deadline came. */
    static boolean isLate(Drain drain) {
        return drain.why().endsWith(LATE);
    }

    static String tell(Vm vm, State state) {
        return state instanceof State.Drained ? state.why() + ", " + told(count(vm)) : state.why();
    }

    static String told(Optional<Integer> count) {
        return count.map(Connections.Open::new)
                .map(Connections.Open::toString)
                .orElse("connections unknown");
    }

    private static List<EventId> causes(Vm vm) {
        var events = new ArrayList<EventId>();
        for (var cause : vm.causes()) {
            if (cause instanceof Cause.Scheduled scheduled) {
                events.add(scheduled.event());
            }
        }
        return events;
    }

    private static Optional<Instant> deadline(Vm vm) {
        return vm.causes().isEmpty() ? Optional.empty() : Optional.of(vm.deadline());
    }

    static Optional<Integer> count(Vm vm) {
        return switch (vm.connections()) {
            case Connections.Quiet() -> Optional.of(0);
            case Connections.Open(var count) -> Optional.of(count);
            case Connections.Assumed _, Connections.Unknown _ -> Optional.empty();
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
