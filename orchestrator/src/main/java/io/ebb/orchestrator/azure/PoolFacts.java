package io.ebb.orchestrator.azure;

import com.azure.core.management.SubResource;
import com.azure.resourcemanager.network.fluent.models.BackendAddressPoolInner;
import com.azure.resourcemanager.network.fluent.models.LoadBalancerInner;
import com.azure.resourcemanager.network.fluent.models.LoadBalancingRuleInner;
import com.azure.resourcemanager.network.fluent.models.ProbeInner;
import com.azure.resourcemanager.network.models.ProbeProtocol;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.Inventory.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A backend pool as the driver needs it.
 *
 * @param probedRules ids of its rules that have a probe
 */
record PoolFacts(KnownPool known, List<String> probedRules) {
    PoolFacts {
        probedRules = List.copyOf(probedRules);
    }

    /** Why Ebb leaves a load balancer alone, if it does. */
    static Optional<String> leftOut(LoadBalancerInner lb) {
        var sku = lb.sku();
        if (sku == null || sku.name() == null || "Basic".equalsIgnoreCase(sku.name().toString())) {
            return Optional.of("it is a Basic one, which Azure has retired");
        }
        if ("Gateway".equalsIgnoreCase(sku.name().toString())) {
            return Optional.of("it is a Gateway one, which has no verdict on its members");
        }
        if (sku.tier() != null && "Global".equalsIgnoreCase(sku.tier().toString())) {
            return Optional.of("it is a global one, whose members are load balancers");
        }
        return Optional.empty();
    }

    /** Why Ebb leaves a pool alone, if it does: its members are not network interfaces. */
    static Optional<String> leftOut(BackendAddressPoolInner pool) {
        return orEmpty(pool.loadBalancerBackendAddresses()).stream()
                        .anyMatch(a ->
                                a.ipAddress() != null
                                        && a.networkInterfaceIpConfiguration() == null)
                ? Optional.of("its members are addresses, not network interfaces")
                : Optional.empty();
    }

    /**
     * Gathers them.
     *
     * @param outbound why a VM that leaves the pool loses its way out, if so
     */
    static PoolFacts of(
            LoadBalancerInner lb, BackendAddressPoolInner pool, Optional<String> outbound) {
        var rules = rules(lb, pool);
        var probes = new ArrayList<Probe>();
        var probed = new ArrayList<String>();
        for (var rule : rules) {
            probe(lb, rule)
                    .ifPresent(probe -> {
                        probed.add(rule.id());
                        probes.add(of(probe));
                    });
        }
        return new PoolFacts(
                new KnownPool(
                        new PoolId(pool.id()),
                        pool.id(),
                        rules.stream()
                                .filter(PoolFacts::carriesTcp)
                                .map(LoadBalancingRuleInner::backendPort)
                                .map(port -> Objects.requireNonNullElse(port, Inventory.EVERY_PORT))
                                .distinct()
                                .sorted()
                                .toList(),
                        !rules.isEmpty() && rules.stream().noneMatch(PoolFacts::carriesTcp),
                        probes.stream().distinct().toList(),
                        !rules.isEmpty() && probed.size() == rules.size(),
                        outbound),
                probed);
    }

    /** The rules that send flows to the pool. */
    static List<LoadBalancingRuleInner> rules(LoadBalancerInner lb, BackendAddressPoolInner pool) {
        return orEmpty(lb.loadBalancingRules()).stream()
                .filter(rule ->
                        Stream.concat(
                                        Stream.ofNullable(rule.backendAddressPool()),
                                        orEmpty(rule.backendAddressPools()).stream())
                                .map(SubResource::id)
                                .anyMatch(pool.id()::equalsIgnoreCase))
                .toList();
    }

    /**
     * {@code All}, the protocol of an HA-ports rule, carries TCP too; so may one of a later day.
     */
    private static boolean carriesTcp(LoadBalancingRuleInner rule) {
        return rule.protocol() == null || !"Udp".equalsIgnoreCase(rule.protocol().toString());
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Optional<ProbeInner> probe(LoadBalancerInner lb, LoadBalancingRuleInner rule) {
        var wanted = rule.probe();
        return wanted == null
                ? Optional.empty()
                : orEmpty(lb.probes()).stream()
                        .filter(probe -> wanted.id().equalsIgnoreCase(probe.id()))
                        .findFirst();
    }

    private static Probe of(ProbeInner probe) {
        // probeThreshold is the one in effect; the older numberOfProbes is ignored where it is set.
        var threshold =
                Stream.of(
                                Optional.ofNullable(probe.probeThreshold()),
                                Optional.ofNullable(probe.numberOfProbes()))
                        .flatMap(Optional::stream)
                        .findFirst();
        return new Probe(
                Objects.requireNonNullElse(probe.protocol(), ProbeProtocol.TCP).toString(),
                Objects.requireNonNullElse(probe.port(), 0),
                Objects.requireNonNullElse(probe.requestPath(), ""),
                Objects.requireNonNullElse(probe.intervalInSeconds(), 5),
                threshold.orElse(1));
    }
}
