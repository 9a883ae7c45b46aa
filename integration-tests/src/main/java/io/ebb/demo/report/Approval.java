package io.ebb.demo.report;

import io.ebb.demo.fleet.Announced;
import io.ebb.demo.fleet.Flows;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Why an event started, judged by what the simulator saw; the worst comes last. */
public enum Approval {
    /** Approved before NotBefore, with its VMs out of rotation and no connection open to them. */
    DRAINED,
    /** Nobody approved it in time: the platform started it at NotBefore. */
    NOT_BEFORE,
    /** Approved while a VM was in rotation, or while connections to it were open. */
    EARLY,
    /** Neither approved nor started. */
    NONE;

    /** How old the last count of open connections may be that an approval is judged by. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** Judges one event. */
    public static Approval of(Announced event, Rotation rotation, List<Flows> flows) {
        if (event.approvedAt().isEmpty()) {
            return event.startedAt().isPresent() ? NOT_BEFORE : NONE;
        }
        var at = event.approvedAt().get();
        if (!at.isBefore(event.notBefore())) {
            return NOT_BEFORE;
        }
        boolean drained =
                event.vms().stream().allMatch(vm -> rotation.out(vm, at) && empty(vm, at, flows));
        return drained ? DRAINED : EARLY;
    }

    /**
     * Whether the VM had no connection at that time. It is out of rotation then and gets no new
     * one, so the last count before is the count; without a fresh one nothing is proved.
     */
    private static boolean empty(String vm, Instant at, List<Flows> flows) {
        return flows.stream()
                .filter(seen -> !seen.at().isAfter(at) && seen.at().isAfter(at.minus(FRESH)))
                .max(Comparator.comparing(Flows::at))
                .filter(seen -> seen.of(vm) == 0)
                .isPresent();
    }
}
