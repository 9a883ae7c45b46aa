package io.ebb.orchestrator.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.network.fluent.models.LoadBalancerInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.pool.CloudException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the pools that network interfaces can be members of. */
record PoolSearch(Arm arm, LeftOut leftOut) {
    private static final Logger LOG = LoggerFactory.getLogger(PoolSearch.class);

    /** The pools of the load balancers beside these, or that these refer to. */
    Mono<Map<PoolId, PoolFacts>> pools(
            List<VirtualMachineInner> vms, List<NetworkInterfaceInner> nics) {
        var groups =
                Groups.of(
                        Stream.of(
                                        vms.stream().map(VirtualMachineInner::id),
                                        nics.stream().flatMap(PoolSearch::poolIds))
                                .flatMap(ids -> ids)
                                .toList());
        return Groups.each(
                        groups,
                        group ->
                                arm.typed(
                                        "listing the load balancers of " + group,
                                        arm.network()
                                                .getLoadBalancers()
                                                .listByResourceGroupAsync(group)))
                .flatMap(all -> {
                    var balancers =
                            all.stream()
                                    .filter(lb -> isTaken(lb.id(), PoolFacts.leftOut(lb)))
                                    .toList();
                    return natSubnets(balancers, nics)
                            .map(nat -> facts(balancers, new WayOut(nics, nat)));
                });
    }

    private Map<PoolId, PoolFacts> facts(List<LoadBalancerInner> balancers, WayOut wayOut) {
        var facts = new LinkedHashMap<PoolId, PoolFacts>();
        for (var lb : balancers) {
            for (var pool : PoolFacts.orEmpty(lb.backendAddressPools())) {
                if (isTaken(pool.id(), PoolFacts.leftOut(pool))) {
                    var one = PoolFacts.of(lb, pool, wayOut.through(lb, pool));
                    facts.put(one.known().id(), one);
                }
            }
        }
        return Map.copyOf(facts);
    }

    /** Reads the subnets only where a load balancer may be somebody's way out. */
    private Mono<Set<String>> natSubnets(
            List<LoadBalancerInner> balancers, List<NetworkInterfaceInner> nics) {
        if (balancers.stream().noneMatch(WayOut::needsSubnets)) {
            return Mono.just(Set.of());
        }
        return Flux.fromIterable(WayOut.subnetsInQuestion(nics))
                .flatMap(
                        id ->
                                arm.get(id)
                                        .map(answer -> answer.orThrow("reading subnet " + id))
                                        .filter(answer ->
                                                answer.body()
                                                        .path("properties")
                                                        .path("natGateway")
                                                        .has("id"))
                                        .map(_ -> new ArmId(id).key())
                                        .onErrorResume(
                                                CloudException.Permanent.class,
                                                unreadable -> {
                                                    LOG.warn(
                                                            "{}: taken to have no NAT gateway",
                                                            unreadable.getMessage());
                                                    return Mono.empty();
                                                }),
                        Groups.AT_ONCE)
                .collect(Collectors.toSet());
    }

    private boolean isTaken(String id, Optional<String> reason) {
        reason.ifPresent(why -> leftOut.say(id, why));
        return reason.isEmpty();
    }

    /** The pools it is in, and those that its tags say Ebb took it out of. */
    private static Stream<String> poolIds(NetworkInterfaceInner nic) {
        var present =
                PoolFacts.orEmpty(nic.ipConfigurations()).stream()
                        .flatMap(config ->
                                PoolFacts.orEmpty(config.loadBalancerBackendAddressPools())
                                        .stream())
                        .map(pool -> pool.id());
        var tags = nic.tags() == null ? Map.<String, String>of() : nic.tags();
        return Stream.concat(present, OutTag.of(tags, nic.id()).stream().map(OutTag::pool));
    }
}
