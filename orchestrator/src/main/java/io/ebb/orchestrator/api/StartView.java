package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Connections;
import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A VM that goes down when its event is approved, as the last turn found it.
 *
 * @param managed whether Ebb looks after it; if not, it was never drained
 * @param state one of the five words; {@code Unknown} for one that is not managed
 * @param connections how many are left; empty: nobody counted
 */
@Serdeable
record StartView(
        String vm,
        Optional<String> vmId,
        boolean managed,
        String state,
        String why,
        Optional<Integer> connections) {

    /** All VMs of an event, in the order in which Azure names them. */
    static List<StartView> of(SeenEvent seen, Optional<Event> planned, Optional<Latest.View> view) {
        return seen.vms().stream()
                .map(name ->
                        find(name, planned, view)
                                .map(vm -> managed(vm, view))
                                .orElseGet(() -> stranger(name, view.isPresent())))
                .toList();
    }

    /** Whatever the case of the name; old api-versions put an underscore in front. */
    private static Optional<Vm> find(
            String name, Optional<Event> planned, Optional<Latest.View> view) {
        var lower = name.toLowerCase(Locale.ROOT);
        var plain = lower.startsWith("_") ? lower.substring(1) : lower;
        return view.stream()
                .flatMap(seen -> seen.world().vms().stream())
                .filter(vm -> planned.filter(event -> event.vms().contains(vm.id())).isPresent())
                .filter(vm -> List.of(lower, plain).contains(vm.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static StartView managed(Vm vm, Optional<Latest.View> view) {
        var state = view.flatMap(seen -> Optional.ofNullable(seen.plan().states().get(vm.id())));
        return new StartView(
                vm.name(),
                Optional.of(vm.id().value()),
                true,
                state.map(State::word).orElse("Unknown"),
                state.map(State::why).orElse("not looked at yet"),
                count(vm.connections()));
    }

    private static StartView stranger(String name, boolean looked) {
        return new StartView(
                name,
                Optional.empty(),
                false,
                "Unknown",
                looked ? "Ebb does not manage it" : "not looked at yet",
                Optional.empty());
    }

    private static Optional<Integer> count(Connections connections) {
        return switch (connections) {
            case Connections.Quiet() -> Optional.of(0);
            case Connections.Open(var count) -> Optional.of(count);
            case Connections.Assumed _, Connections.Unknown _ -> Optional.empty();
        };
    }
}
