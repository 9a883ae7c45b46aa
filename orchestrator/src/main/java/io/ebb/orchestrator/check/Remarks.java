package io.ebb.orchestrator.check;

import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Why;
import io.ebb.orchestrator.pool.Approver;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.LoadBalancer.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What hinders nothing and yet is not what one would expect, in words. */
final class Remarks {
    private Remarks() {}

    /** Those on the pools that have members, in the order of their names, then the others. */
    static List<String> of(Reading reading, Collection<KnownPool> pools, Approver approver) {
        var peopled =
                reading.resources().stream()
                        .flatMap(resource -> resource.places().stream())
                        .map(place -> place.id().pool())
                        .collect(Collectors.toSet());
        var remarks = new ArrayList<String>();
        pools.stream()
                .filter(pool -> peopled.contains(pool.id()))
                .sorted(Comparator.comparing(pool -> pool.id().name()))
                .forEach(pool -> {
                    if (pool.udpOnly()) {
                        remarks.add(udpOnly(pool.id()));
                    }
                    if (pool.ports().contains(Inventory.EVERY_PORT)) {
                        remarks.add(everyPort(pool.id()));
                    }
                });
        if (approver.isOn()) {
            remarks.add(
                    "ebb.azure.acknowledge is true: whether its right was granted is not checked ("
                            + approver.right()
                            + ")");
        }
        return remarks;
    }

    private static String udpOnly(PoolId pool) {
        return "pool %s: its rules carry UDP only, which nobody can count: a VM in no pool with TCP is taken for drained after ebb.policy.quiet (%s)"
                .formatted(pool.name(), Why.ASSUMED_UDP);
    }

    private static String everyPort(PoolId pool) {
        return "pool %s: a rule balances every port: connections are counted on each port that a VM listens on, but its agent's exclude-ports"
                .formatted(pool.name());
    }
}
