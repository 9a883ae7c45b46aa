package io.ebb.integration.crash;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.Await;
import io.ebb.demo.fleet.Flows;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.report.Approval;
import io.ebb.demo.report.Rotation;
import io.ebb.integration.crash.CrashPoint.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One event of one VM. */
final class EventCourse implements Course {
    private static final Map<String, Duration> TIMES =
            Map.of(
                    "notice", Duration.ofMinutes(5),
                    "runUp", Duration.ofMillis(200),
                    "impact", Duration.ofMillis(200));

    /** Longer than the lease of {@link CrashTrials} and the longest pause between two attempts. */
    private static final Duration PAUSE = Duration.ofMillis(4100);

    /** In which another replica takes over, and puts a VM back that it hears of. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    /** In which a write that was held up has surely taken effect. */
    private static final Duration LATE = Duration.ofMillis(1500);

    private final Ebb ebb;
    private final String type;
    private final String vm;
    private final Predicate<Orchestrator> isBack;
    private Instant begun = Instant.now();
    private String event = "";
    private boolean isCalledOff;

    /**
     * @param isBack whether the VM is back, and nothing open as this replica sees it
     */
    EventCourse(Ebb ebb, String type, String vm, Predicate<Orchestrator> isBack) {
        this.ebb = ebb;
        this.type = type;
        this.vm = vm;
        this.isBack = isBack;
    }

    @Override
    public Instant run(CrashPoint point) {
        return switch (point.story()) {
            case EVENT -> {
                arm(point);
                announce();
                yield point.signal() == Signal.KILL ? killed() : paused();
            }
            case OUT -> {
                announce();
                soon(vm + " is out of rotation", () -> !ebb.simulator().inRotation(vm));
                ebb.trap().arm(point.place(), point.signal(), ebb.planner().pid());
                yield killed();
            }
            case START -> {
                ebb.replicas().forEach(Orchestrator::kill);
                arm(point);
                ebb.startFallen();
                var pid = ebb.trap().sprung();
                ebb.awaitOthers(pid);
                announce();
                yield ebb.startAgain(pid);
            }
            case CALLED_OFF -> {
                arm(point);
                announce();
                var pid = pausedAndCalledOff();
                ebb.carryOn(pid);
                yield acted();
            }
            case LATE -> {
                ebb.trap().arm("put-leave:before", Signal.STOP);
                announce();
                var pid = pausedAndCalledOff();
                arm(point);
                ebb.carryOn(pid);
                yield killed();
            }
            case OPERATOR, END -> throw new IllegalArgumentException("no event: " + point);
        };
    }

    private void arm(CrashPoint point) {
        ebb.trap().arm(point.place(), point.signal());
    }

    private void announce() {
        begun = Instant.now();
        event = ebb.simulator().announce(type, vm, TIMES);
    }

    private Instant killed() {
        return ebb.startAgain(ebb.trap().sprung());
    }

    private Instant paused() {
        var pid = ebb.trap().sprung();
        leaseEnds();
        ebb.carryOn(pid);
        return acted();
    }

    /**
     * Where there is another replica, the paused one wakes up when that one has put the VM back.
     */
    private long pausedAndCalledOff() {
        var pid = ebb.trap().sprung();
        var paused = ebb.of(pid);
        var before = returns(paused);
        ebb.simulator().cancel(event);
        isCalledOff = true;
        if (ebb.replicas().size() == 1) {
            leaseEnds();
            return pid;
        }
        soon("the other replica has taken over", () -> returns(paused) > before);
        var other = ebb.other(paused);
        assertThat(Await.until(TAKEN_OVER, () -> isBack.test(other)))
                .as("the other replica has put %s back", vm)
                .isTrue();
        return pid;
    }

    /** How often others than this one have told that the VM returns. */
    private long returns(Orchestrator paused) {
        return ebb.other(paused)
                .printed()
                .lines()
                .filter(line -> line.contains(" timeline: " + vm + ": Returning"))
                .count();
    }

    private static void leaseEnds() {
        var ended = Instant.now().plus(PAUSE);
        soon("its lease has ended", () -> Instant.now().isAfter(ended));
    }

    /** What it sends now must not be the last word; nothing else tells when it has been sent. */
    private static Instant acted() {
        var woken = Instant.now();
        soon("it has acted", () -> Instant.now().isAfter(woken.plus(LATE)));
        return woken;
    }

    @Override
    public Instant begun() {
        return begun;
    }

    @Override
    public boolean isOver() {
        return ebb.simulator().event(event).goneAt().isPresent();
    }

    @Override
    public void judge(Rotation rotation, List<Flows> flows) {
        if (!isCalledOff) {
            assertThat(Approval.of(ebb.simulator().event(event), rotation, flows))
                    .as("how it was approved")
                    .isEqualTo(Approval.DRAINED);
        }
    }
}
