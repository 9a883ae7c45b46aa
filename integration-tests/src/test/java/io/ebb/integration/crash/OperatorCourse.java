package io.ebb.integration.crash;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.Await;
import io.ebb.demo.fleet.Flows;
import io.ebb.demo.fleet.OperatorApi;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.report.Rotation;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * An operator drains a VM, revises the policy and gives the VM back; whoever does not get an answer
 * asks the same again.
 */
final class OperatorCourse implements Course {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Ebb ebb;
    private final String vm;
    private final OperatorApi api;
    private final String operation = UUID.randomUUID().toString();
    private final Instant begun = Instant.now();
    private Optional<Instant> blow = Optional.empty();

    OperatorCourse(Ebb ebb, String vm) {
        this.ebb = ebb;
        this.vm = vm;
        this.api = ebb.replicas().getFirst().api();
    }

    @Override
    public Instant run(CrashPoint point) {
        var version = api.policy().path("version").asInt();
        arm(point, "instruct");
        var drain = insist(() -> api.ask("/v1/vms/" + vm + ":drain", "a new disk", operation));
        soon(vm + " is drained", this::isDrained);
        arm(point, "revise");
        assertThat(insist(() -> api.revise(version, operation)))
                .as("how often the policy was revised")
                .isEqualTo(version + 1);
        arm(point, "release");
        if (point.story() == Story.END) {
            ebb.replicas().forEach(Orchestrator::stop);
            startFallen();
        }
        arm(point, "withdraw");
        insist(() -> api.withdraw(drain));
        ebb.trap().sprung();
        return blow.orElseThrow();
    }

    private void arm(CrashPoint point, String place) {
        if (point.place().startsWith(place + ":")) {
            ebb.trap().arm(point.place(), point.signal());
        }
    }

    /** Asks until somebody answers; who fell over it is started again. */
    private <T> T insist(Supplier<T> request) {
        var answer =
                Await.until(
                        PATIENCE,
                        () -> {
                            try {
                                return Optional.of(request.get());
                            } catch (UncheckedIOException e) {
                                startFallen();
                                return Optional.empty();
                            }
                        });
        assertThat(answer).as("an answer to the operator").isPresent();
        return answer.orElseThrow();
    }

    private void startFallen() {
        if (ebb.replicas().stream().anyMatch(one -> !one.runs())) {
            blow = blow.or(() -> Optional.of(Instant.now()));
            ebb.startFallen();
        }
    }

    private boolean isDrained() {
        return api.vms().stream()
                .filter(seen -> seen.path("name").asText().equals(vm))
                .anyMatch(seen -> seen.path("state").asText().equals("Drained"));
    }

    @Override
    public Instant begun() {
        return begun;
    }

    @Override
    public boolean isOver() {
        return true;
    }

    @Override
    public void judge(Rotation rotation, List<Flows> flows) {
        assertThat(rotation.times(vm)).as("how often %s was out", vm).isEqualTo(1);
    }
}
