package io.ebb.integration.crash;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.Announced;
import io.ebb.demo.fleet.Await;
import io.ebb.demo.fleet.Happening;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Result;
import io.ebb.demo.report.Approval;
import io.ebb.demo.report.Rotation;
import io.ebb.integration.azure.Az;
import io.ebb.integration.scenario.FlowCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * One event of one VM, with an orchestrator that ends or pauses on its way; then judged by what
 * Azure saw.
 */
final class Trial {
    private static final Duration NOTICE = Duration.ofMinutes(5);
    private static final Duration IMPACT = Duration.ofMillis(300);

    /** Longer than the lease of {@link CrashTrials}. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** In which another replica takes over, and puts a VM back that it hears of. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    /** In which a write that was held up has surely taken effect. */
    private static final Duration LATE = Duration.ofSeconds(2);

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
     * @param all from the announcement until then
     */
    record Times(Duration back, Duration all) {}

    /** Runs it. */
    Times run(CrashPoint point, String type, String vm) {
        soon("nothing is open", this::isSettled);
        var before = nic(vm);
        var recorded = ebb.simulator().record(0).size();
        var _ = load.get();
        var begun = Instant.now();
        if (!point.whileOut()) {
            ebb.trap().arm(point);
        }
        var event = ebb.simulator().announce(type, vm, NOTICE, IMPACT);
        if (point.whileOut()) {
            soon(vm + " is out of rotation", () -> !ebb.simulator().inRotation(vm));
            ebb.trap().arm(point);
        }
        var ended = Instant.now();
        try {
            long pid = ebb.trap().sprung();
            ended = suffer(point, event, pid, vm, before);
            soon(
                    vm + " is back",
                    () ->
                            ebb.simulator().event(event).goneAt().isPresent()
                                    && isSettled()
                                    && nic(vm).equals(before));
        } finally {
            ebb.trap().disarm();
        }
        var over = Instant.now();
        judge(point, ebb.simulator().event(event), ebb.simulator().record(recorded), begun);
        return new Times(Duration.between(ended, over), Duration.between(begun, over));
    }

    /** What happens to the process, and who brings it back; gives the time of the blow. */
    private Instant suffer(CrashPoint point, String event, long pid, String vm, JsonNode before) {
        var process = ProcessHandle.of(pid);
        if (point.signal() == CrashPoint.Signal.KILL) {
            soon("it is killed", () -> process.map(p -> !p.isAlive()).orElse(true));
            var killed = Instant.now();
            ebb.of(pid).startAgain();
            return killed;
        }
        if (point.canceled()) {
            ebb.simulator().cancel(event);
        }
        var ended = Instant.now().plus(PAUSE);
        soon("its lease has ended", () -> Instant.now().isAfter(ended));
        // Where another replica has taken over, the paused one wakes up when all is over; unless
        // the
        // VM's agent reports to the paused one, so that nobody hears that it is healthy till then.
        if (point.canceled() && ebb.replicas().size() > 1) {
            Await.until(TAKEN_OVER, () -> isSettled() && nic(vm).equals(before));
        }
        carryOn(pid);
        var woken = Instant.now();
        // What it sends now must not be the last word; nothing else tells when it has been sent.
        soon("it has acted", () -> Instant.now().isAfter(woken.plus(LATE)));
        return woken;
    }

    private static void carryOn(long pid) {
        try {
            var status =
                    new ProcessBuilder("kill", "-CONT", String.valueOf(pid))
                            .inheritIO()
                            .start()
                            .waitFor();
            assertThat(status).as("waking %d", pid).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private boolean isSettled() {
        return Site.VMS.stream().allMatch(ebb.simulator()::inRotation) && ebb.isQuiet();
    }

    private JsonNode nic(String vm) {
        return az.content("rg", vm + "-nic");
    }

    private void judge(CrashPoint point, Announced event, List<Happening> record, Instant begun) {
        var rotation = Rotation.of(record, begun);
        if (!point.canceled()) {
            assertThat(Approval.of(event, rotation, flows.counts()))
                    .as("how it was approved")
                    .isEqualTo(Approval.DRAINED);
        }
        assertThat(record)
                .as("approvals after the start")
                .noneMatch(happening ->
                        happening.kind().equals("eventApprovedAgain")
                                && happening.detail().endsWith("after its start"));
        assertThat(rotation.everTwoOut()).as("two were out at once: %s", record).isFalse();
        assertThat(load.get().failures()).as("failed requests").isEmpty();
    }
}
