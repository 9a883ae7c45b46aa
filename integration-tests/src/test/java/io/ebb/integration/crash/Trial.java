package io.ebb.integration.crash;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.Happening;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Result;
import io.ebb.demo.report.Rotation;
import io.ebb.integration.azure.Az;
import io.ebb.integration.scenario.FlowCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One course with an orchestrator that ends or pauses; then judged by what Azure saw. */
final class Trial {
    private final Ebb ebb;
    private final Az az;
    private final FlowCount flows;
    private final Supplier<Result> load;

    /**
     * @param load what the clients have seen since the last time
     */
    Trial(Ebb ebb, Az az, FlowCount flows, Supplier<Result> load) {
        this.ebb = ebb;
        this.az = az;
        this.flows = flows;
        this.load = load;
    }

    /**
     * How long it took.
     *
     * @param back from the process's end, or its waking, until the VM was back and nothing was open
     * @param all from the event, or from what the operator asked, until then
     */
    record Times(Duration back, Duration all) {}

    /**
     * Runs it.
     *
     * @param type of the event, where it is one
     */
    Times run(CrashPoint point, String type, String vm) {
        soon(
                "all serve and nothing is open",
                () -> ebb.replicas().stream().allMatch(this::isSettled));
        var before = nic(vm);
        Predicate<Orchestrator> isBack = one -> isSettled(one) && nic(vm).equals(before);
        var recorded = ebb.simulator().record(0).size();
        var _ = load.get();
        var start = Instant.now();
        var course =
                point.story().isOperators()
                        ? new OperatorCourse(ebb, vm)
                        : new EventCourse(ebb, type, vm, isBack);
        try {
            var blow = course.run(point);
            soon(
                    vm + " is back",
                    () -> course.isOver() && ebb.replicas().stream().anyMatch(isBack));
            var over = Instant.now();
            var record = ebb.simulator().record(recorded);
            var rotation = Rotation.of(record, start);
            course.judge(rotation, flows.counts());
            judge(record, rotation);
            return new Times(Duration.between(blow, over), Duration.between(course.begun(), over));
        } finally {
            ebb.trap().disarm();
        }
    }

    private boolean isSettled(Orchestrator replica) {
        return Site.VMS.stream().allMatch(ebb.simulator()::inRotation) && ebb.isQuiet(replica);
    }

    private JsonNode nic(String vm) {
        return az.content("rg", vm + "-nic");
    }

    private void judge(List<Happening> record, Rotation rotation) {
        assertThat(record)
                .as("approvals after the start")
                .noneMatch(happening ->
                        happening.kind().equals("eventApprovedAgain")
                                && happening.detail().endsWith("after its start"));
        assertThat(rotation.everTwoOut()).as("two were out at once: %s", record).isFalse();
        assertThat(load.get().failures()).as("failed requests").isEmpty();
    }
}
