package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import java.util.Optional;

/** The scheduled events that are open. */
@Controller("/v1/scheduledEvents")
@Secured(Roles.READER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EventController {
    private final Ledger ledger;
    private final Latest latest;
    private final Instructing instructing;

    EventController(Ledger ledger, Latest latest, Instructing instructing) {
        this.ledger = ledger;
        this.latest = latest;
        this.instructing = instructing;
    }

    /** All of them, with what the last turn made of each. */
    @Get
    Page<EventView> events() {
        var open = ledger.open();
        return new Page<>(
                open.events().stream()
                        .map(seen -> EventView.of(seen, planned(seen.id()), about(seen.id(), open)))
                        .toList());
    }

    private List<InstructionView> about(EventId id, Ledger.Open open) {
        return open.instructions().stream()
                .filter(word -> word.target().equals(new Target.OfEvent(id)))
                .map(instructing::view)
                .toList();
    }

    private Optional<Event> planned(EventId id) {
        return latest.view()
                .flatMap(view ->
                        view.world().events().stream()
                                .filter(event -> event.id().equals(id))
                                .findFirst());
    }
}
