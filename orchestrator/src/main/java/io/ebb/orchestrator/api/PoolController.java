package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.identity.Roles;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;

/** The backend pools, as the last turn found them. */
@Controller("/v1/pools")
@Secured(Roles.READER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PoolController {
    private final Latest latest;

    PoolController(Latest latest) {
        this.latest = latest;
    }

    /** All of them; none before the first turn. */
    @Get
    Page<PoolView> pools() {
        return new Page<>(
                latest.view().stream()
                        .flatMap(view ->
                                view.fleet().pools().stream().map(pool -> PoolView.of(pool, view)))
                        .toList());
    }
}
