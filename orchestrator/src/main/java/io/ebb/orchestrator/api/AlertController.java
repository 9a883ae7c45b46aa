package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody has to look after; nothing when all is well. */
@Controller("/v1/alerts")
@Secured(Roles.READER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertController {
    private final Ledger ledger;
    private final Latest latest;

    AlertController(Ledger ledger, Latest latest) {
        this.ledger = ledger;
        this.latest = latest;
    }

    /**
     * A condition that does not pass by itself, or not soon.
     *
     * @param condition {@code Parked}: a VM should be back and is not; {@code DeadlinePassed}: one
     *     was not drained in time; {@code TurnFailed}: Ebb cannot decide
     * @param since when it came about; for a parked VM, when it began to return; empty when nobody
     *     knows
     */
    @Serdeable
    record Alert(
            String condition,
            Optional<String> vm,
            Optional<String> drain,
            Optional<Instant> since,
            String message) {}

    /** All of them. */
    @Get
    Page<Alert> alerts() {
        var alerts = new ArrayList<Alert>();
        latest.problem()
                .map(problem ->
                        new Alert(
                                "TurnFailed",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                problem))
                .ifPresent(alerts::add);
        var now = ledger.now();
        ledger.open().drains().forEach(drain -> alerts.addAll(of(drain, now)));
        return new Page<>(alerts);
    }

    private static List<Alert> of(Ledger.Drain drain, Instant now) {
        var alerts = new ArrayList<Alert>();
        drain.parked()
                .map(why -> alert("Parked", drain, drain.since(), why))
                .ifPresent(alerts::add);
        var isOnItsWay = drain.state().equals("Draining") || drain.state().equals("Waiting");
        drain.deadline()
                .filter(deadline -> isOnItsWay && !now.isBefore(deadline))
                .map(deadline -> alert("DeadlinePassed", drain, deadline, drain.why()))
                .ifPresent(alerts::add);
        return alerts;
    }

    private static Alert alert(
            String condition, Ledger.Drain drain, Instant since, String message) {
        return new Alert(
                condition,
                Optional.of(drain.vmName()),
                Optional.of(drain.id()),
                Optional.of(since),
                message);
    }
}
