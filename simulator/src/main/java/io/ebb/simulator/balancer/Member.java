package io.ebb.simulator.balancer;

import io.ebb.simulator.arm.Membership;
import io.ebb.simulator.arm.RuleHealth.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One place in one pool, with its probe's verdict and its flows. Guarded by the balancer. */
final class Member {
    private static final Verdict UNKNOWN = new Verdict(false, "NA");

    private final Set<Flow> flows = new HashSet<>();
    private Membership facts;
    private boolean inPool;
    private Verdict verdict = UNKNOWN;
    private int streak;
    private long total;

    /** Changes with each stay in the pool: a probe that belongs to an earlier one is void. */
    private long stay;

    Member(Membership facts) {
        this.facts = facts;
    }

    Membership facts() {
        return facts;
    }

    boolean inPool() {
        return inPool;
    }

    boolean probeUp() {
        return verdict.up();
    }

    long stay() {
        return stay;
    }

    int openFlows() {
        return flows.size();
    }

    long totalFlows() {
        return total;
    }

    void enter(Membership now) {
        facts = now;
        inPool = true;
        verdict = UNKNOWN;
        streak = 0;
        stay++;
    }

    void update(Membership now) {
        facts = now;
    }

    void leave() {
        inPool = false;
        verdict = UNKNOWN;
        streak = 0;
        stay++;
    }

    /** Whether it takes new flows: an admin state overrules the probe. */
    boolean takesFlows() {
        return inPool
                && facts.ruled()
                && switch (facts.adminState()) {
                    case "Down" -> false;
                    case "Up" -> true;
                    default -> verdict.up();
                };
    }

    /** What the health action says. */
    Verdict health() {
        return switch (facts.adminState()) {
            case "Down" -> new Verdict(false, "Down_Admin");
            case "Up" -> new Verdict(true, "Up_Admin");
            default -> verdict;
        };
    }

    /** Counts a probe's answer; a verdict turns after {@code threshold} equal answers in a row. */
    void probed(Verdict answer, int threshold) {
        if (answer.up() == verdict.up()) {
            streak = 0;
            verdict = answer;
        } else if (++streak >= threshold) {
            streak = 0;
            verdict = answer;
        } else {
            verdict =
                    new Verdict(
                            verdict.up(),
                            verdict.up()
                                    ? "Up_Probe_ApproachingUnhealthyThreshold"
                                    : "Down_Probe_ApproachingHealthyThreshold");
        }
    }

    void opened(Flow flow) {
        flows.add(flow);
        total++;
    }

    void ended(Flow flow) {
        flows.remove(flow);
    }

    /** The flows that are open now. */
    List<Flow> flows() {
        return List.copyOf(flows);
    }
}
