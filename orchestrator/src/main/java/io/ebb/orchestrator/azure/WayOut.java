package io.ebb.orchestrator.azure;

import com.azure.resourcemanager.network.fluent.models.BackendAddressPoolInner;
import com.azure.resourcemanager.network.fluent.models.LoadBalancerInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceIpConfigurationInner;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a VM that leaves a pool loses its way to the Internet. A public address of its own or a
 * NAT gateway of its subnet takes precedence over the load balancer.
 *
 * @param natSubnets subnets known to have a NAT gateway, lower-cased ids
 */
record WayOut(Collection<NetworkInterfaceInner> nics, Set<String> natSubnets) {

    /** Why it does, if it does. */
    Optional<String> through(LoadBalancerInner lb, BackendAddressPoolInner pool) {
        var explicit =
                PoolFacts.orEmpty(lb.outboundRules()).stream()
                        .filter(rule -> rule.backendAddressPool() != null)
                        .filter(rule -> pool.id().equalsIgnoreCase(rule.backendAddressPool().id()))
                        .findFirst();
        if (explicit.isPresent()) {
            return Optional.of("outbound rule " + explicit.get().name() + " uses it");
        }
        if (!isPublic(lb)) {
            return Optional.empty();
        }
        return PoolFacts.rules(lb, pool).stream()
                .filter(rule -> !Boolean.TRUE.equals(rule.disableOutboundSnat()))
                .findFirst()
                .flatMap(rule ->
                        withoutAnother(pool)
                                .map(nic ->
                                        "rule "
                                                + rule.name()
                                                + " gives it implicitly (disableOutboundSnat is off),"
                                                + " and "
                                                + nic
                                                + " has neither a public address nor a NAT gateway"));
    }

    /** Subnets that matter: of members with no public address. */
    static List<String> subnetsInQuestion(Collection<NetworkInterfaceInner> nics) {
        return nics.stream()
                .flatMap(nic -> PoolFacts.orEmpty(nic.ipConfigurations()).stream())
                .filter(config -> config.publicIpAddress() == null && config.subnet() != null)
                .map(config -> config.subnet().id())
                .distinct()
                .toList();
    }

    static boolean needsSubnets(LoadBalancerInner lb) {
        return isPublic(lb)
                && PoolFacts.orEmpty(lb.loadBalancingRules()).stream()
                        .anyMatch(rule -> !Boolean.TRUE.equals(rule.disableOutboundSnat()));
    }

    private Optional<String> withoutAnother(BackendAddressPoolInner pool) {
        return nics.stream()
                .filter(nic ->
                        PoolFacts.orEmpty(nic.ipConfigurations()).stream()
                                .anyMatch(config -> isIn(config, pool) && !hasAnother(config)))
                .map(NetworkInterfaceInner::name)
                .findFirst();
    }

    private static boolean isIn(
            NetworkInterfaceIpConfigurationInner config, BackendAddressPoolInner pool) {
        return PoolFacts.orEmpty(config.loadBalancerBackendAddressPools()).stream()
                .anyMatch(own -> pool.id().equalsIgnoreCase(own.id()));
    }

    private boolean hasAnother(NetworkInterfaceIpConfigurationInner config) {
        return config.publicIpAddress() != null
                || (config.subnet() != null
                        && natSubnets.contains(new ArmId(config.subnet().id()).key()));
    }

    private static boolean isPublic(LoadBalancerInner lb) {
        return PoolFacts.orEmpty(lb.frontendIpConfigurations()).stream()
                .anyMatch(frontend -> frontend.subnet() == null);
    }
}
