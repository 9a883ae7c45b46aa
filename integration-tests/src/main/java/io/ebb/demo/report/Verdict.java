package io.ebb.demo.report;

import io.ebb.demo.fleet.Announced;
import io.ebb.demo.load.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the demo proved. It is a function of the client's results and the simulator's record alone;
 * nothing that Ebb says of itself is in it.
 *
 * @param approval the worst of the approvals of all events
 * @param putBack whether every VM that had an event is in rotation again and served requests after
 *     its event was over
 * @param killed whether the orchestrator was killed while the first VM drained
 * @param before requests that the first VM answered before it went out of rotation
 * @param after requests that it answered after it came back
 * @param complaints why the demo failed; empty for a success
 */
public record Verdict(
        Run control,
        Run ebb,
        Approval approval,
        boolean putBack,
        boolean killed,
        long before,
        long after,
        List<String> complaints) {
    /** The VM of the event that both runs have. */
    public static final String VICTIM = "web-1";

    /**
     * What was asked for.
     *
     * @param freeze whether the events were freezes: those break few connections, they make waiting
     * @param kill whether the orchestrator was to be killed
     * @param events how many events the Ebb run was to have
     */
    public record Asked(boolean freeze, boolean kill, int events) {}

    public Verdict {
        complaints = List.copyOf(complaints);
    }

    /** Judges the two runs. */
    public static Verdict of(Run control, Run ebb, boolean killed, Asked asked) {
        var rotation = ebb.rotation();
        var approval =
                ebb.events().stream()
                        .map(event -> Approval.of(event, rotation, ebb.flows()))
                        .max(Comparator.naturalOrder())
                        .filter(_ -> ebb.events().size() >= asked.events())
                        .orElse(Approval.NONE);
        boolean putBack =
                !ebb.events().isEmpty()
                        && ebb.events().stream()
                                .allMatch(event -> back(event, rotation, ebb.load()));
        long before =
                ebb.load()
                        .served(VICTIM, ebb.from(), rotation.firstOut(VICTIM).orElse(Instant.MAX));
        long after = servedAfter(VICTIM, rotation, ebb.load());

        var complaints = new ArrayList<String>();
        if (asked.freeze() && control.load().over1s() == 0) {
            complaints.add("the control run shows no slow answer, so there is nothing to compare");
        }
        if (!asked.freeze() && control.load().failed() == 0) {
            complaints.add("the control run shows no failure, so there is nothing to compare");
        }
        if (ebb.load().requests() == 0 || ebb.load().failed() > 0) {
            complaints.add(
                    ebb.load().failed()
                            + " of "
                            + ebb.load().requests()
                            + " requests failed with Ebb");
        }
        if (asked.freeze() && ebb.load().over1s() > 0) {
            complaints.add(ebb.load().over1s() + " answers came over 1 s late with Ebb");
        }
        if (approval != Approval.DRAINED) {
            complaints.add("not every event was approved as drained: " + approval);
        }
        if (rotation.everTwoOut()) {
            complaints.add("two VMs were out of rotation at once");
        }
        if (!putBack) {
            complaints.add("not every VM served requests again after it was put back");
        }
        if (asked.kill() && !killed) {
            complaints.add("the orchestrator was not killed while " + VICTIM + " drained");
        }
        return new Verdict(control, ebb, approval, putBack, killed, before, after, complaints);
    }

    /** 0 for a success, 1 otherwise. */
    public int exitStatus() {
        return complaints.isEmpty() ? 0 : 1;
    }

    /** The facts of the last line, in its order. */
    public Map<String, Object> facts() {
        var without = counts(control.load());
        var with = counts(ebb.load());
        with.put("p99Ms", ebb.load().percentile(0.99).toMillis());
        with.put("slowestMs", ebb.load().slowest().toMillis());
        with.put("over1s", ebb.load().over1s());
        with.put("outOfRotationSeconds", ebb.outOfRotationSeconds(VICTIM));
        with.put("approval", approval.name());
        with.put("putBack", putBack);
        with.put("killed", killed);
        var victim = new LinkedHashMap<String, Object>();
        victim.put("before", before);
        victim.put("after", after);
        with.put("victim", victim);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("control", without);
        facts.put("ebb", with);
        return facts;
    }

    private static Map<String, Object> counts(Result load) {
        var counts = new LinkedHashMap<String, Object>();
        counts.put("requests", load.requests());
        counts.put("failed", load.failed());
        return counts;
    }

    private static boolean back(Announced event, Rotation rotation, Result load) {
        return event.goneAt().isPresent()
                && event.vms().stream()
                        .allMatch(vm ->
                                rotation.lastIn(vm)
                                                .filter(at -> at.isAfter(event.goneAt().get()))
                                                .isPresent()
                                        && servedAfter(vm, rotation, load) > 0);
    }

    private static long servedAfter(String vm, Rotation rotation, Result load) {
        return rotation.lastIn(vm).map(at -> load.served(vm, at, Instant.MAX)).orElse(0L);
    }
}
