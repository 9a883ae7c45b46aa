package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.Optional;

/** The scheduled events that are open. */
@Controller("/v1/scheduledEvents")
@Secured(Roles.READER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EventController {
    private final Ledger ledger;
    private final Latest latest;

    EventController(Ledger ledger, Latest latest) {
        this.ledger = ledger;
        this.latest = latest;
    }

    /** All of them, with what the last turn made of each. */
    @Get
    Page<EventView> events() {
        return new Page<>(
                ledger.open().events().stream()
                        .map(seen -> EventView.of(seen, planned(seen.id())))
                        .toList());
    }

    private Optional<Event> planned(EventId id) {
        return latest.view()
                .flatMap(view ->
                        view.world().events().stream()
                                .filter(event -> event.id().equals(id))
                                .findFirst());
    }
}
