package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.protocol.Report;
import java.util.Optional;

/**
 * How members leave a pool, by what the pool offers.
 *
 * @param refusal why they cannot leave it at all, if so
 */
public record Choice(Strategy strategy, Optional<String> refusal) {

    /**
     * Chooses. The settings go first; else the gentlest that the pool allows: with its probe at the
     * agent new flows can be stopped without touching established ones; without, only removal is
     * left. A pool that gives its VMs their way out is not left.
     *
     * @param probe the agent's probe endpoint, if it has one
     */
    public static Choice of(Inventory.KnownPool pool, PoolRule rule, Optional<Report.Probe> probe) {
        var gentle = pool.everyRuleProbed() && probe.filter(a -> isAsked(a, pool)).isPresent();
        var stay = pool.outbound().isPresent() && !rule.allowOutboundLoss();
        var strategy =
                rule.strategy()
                        .orElse(
                                !gentle
                                        ? Strategy.REMOVE
                                        : stay ? Strategy.PROBE : Strategy.QUIESCE_THEN_REMOVE);
        if (strategy != Strategy.REMOVE && !gentle) {
            return new Choice(
                    strategy,
                    Optional.of(
                            "pool %s: %s needs every rule's probe to point at the agent"
                                    .formatted(pool.id().name(), strategy)));
        }
        if (strategy != Strategy.PROBE && stay) {
            return new Choice(
                    strategy,
                    Optional.of(
                            "pool %s: %s"
                                    .formatted(
                                            pool.id().name(),
                                            pool.outbound()
                                                    .orElse("it gives its VMs their way out"))));
        }
        return new Choice(strategy, Optional.empty());
    }

    /** Whether every probe of the pool asks the agent's endpoint, and there is one. */
    private static boolean isAsked(Report.Probe agent, Inventory.KnownPool pool) {
        for (var probe : pool.probes()) {
            if (!pointsAtAgent(probe, agent)) {
                return false;
            }
        }
        return !pool.probes().isEmpty();
    }

    /** Whether a load balancer's probe asks the agent's endpoint. */
    static boolean pointsAtAgent(Inventory.Probe probe, Report.Probe agent) {
        return probe.protocol().equalsIgnoreCase("Http")
                && probe.port() == agent.port()
                && probe.path().equals(agent.path());
    }
}
