package io.ebb.orchestrator.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.network.fluent.models.LoadBalancerInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Inventory;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the VMs of the settings, their network interfaces, and the pools these can serve. */
public final class AzureInventory implements Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(AzureInventory.class);
    private static final int AT_ONCE = 8;

    private final Arm arm;
    private final AzureSettings settings;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Map<PoolId, PoolFacts> pools;

    /** An inventory that has read nothing yet. */
    public AzureInventory(Arm arm, AzureSettings settings) {
        this.arm = arm;
        this.settings = settings;
    }

    @Override
    public Fleet read() {
        return Edge.await("reading the inventory", look(), settings.operationTimeout());
    }

    /** The pools of the last reading; the first call reads. */
    Map<PoolId, PoolFacts> pools() {
        var known = pools;
        if (known == null) {
            read();
            known = pools;
        }
        return known == null ? Map.of() : known;
    }

    private Mono<Fleet> look() {
        return machines()
                .flatMap(vms ->
                        interfaces(vms)
                                .flatMap(nics ->
                                        pools(vms, nics)
                                                .map(facts -> {
                                                    pools = facts;
                                                    return new Fleet(
                                                            vms.stream()
                                                                    .map(AzureInventory::known)
                                                                    .toList(),
                                                            facts.values().stream()
                                                                    .map(PoolFacts::known)
                                                                    .toList());
                                                })));
    }

    private Mono<List<VirtualMachineInner>> machines() {
        var client = arm.compute().getVirtualMachines();
        var found =
                settings.resourceGroups().isEmpty()
                        ? arm.typed("listing the subscription's VMs", client.listAsync())
                        : inGroups(
                                settings.resourceGroups(),
                                group ->
                                        arm.typed(
                                                "listing the VMs of " + group,
                                                client.listByResourceGroupAsync(group)));
        return found.map(all -> all.stream().filter(this::isTagged).filter(this::isOwn).toList());
    }

    private boolean isTagged(VirtualMachineInner vm) {
        if (settings.tag().isBlank()) {
            return true;
        }
        var split = settings.tag().indexOf('=');
        var name = settings.tag().substring(0, split);
        var value = settings.tag().substring(split + 1);
        // Azure compares tag names without case, values with.
        return vm.tags() != null
                && vm.tags().entrySet().stream()
                        .anyMatch(tag ->
                                tag.getKey().equalsIgnoreCase(name)
                                        && value.equals(tag.getValue()));
    }

    private boolean isOwn(VirtualMachineInner vm) {
        if (vm.virtualMachineScaleSet() != null) {
            leaveOut(vm.id(), "it belongs to scale set " + vm.virtualMachineScaleSet().id());
            return false;
        }
        if (vm.vmId() == null) {
            leaveOut(vm.id(), "ARM gives it no vmId yet");
            return false;
        }
        return true;
    }

    private Mono<List<NetworkInterfaceInner>> interfaces(List<VirtualMachineInner> vms) {
        var wanted =
                vms.stream()
                        .flatMap(vm -> nics(vm).stream())
                        .map(id -> new ArmId(id).key())
                        .collect(Collectors.toSet());
        return inGroups(
                        groups(wanted),
                        group ->
                                arm.typed(
                                        "listing the network interfaces of " + group,
                                        arm.network()
                                                .getNetworkInterfaces()
                                                .listByResourceGroupAsync(group)))
                .map(all ->
                        all.stream()
                                .filter(nic -> wanted.contains(new ArmId(nic.id()).key()))
                                .toList());
    }

    private Mono<Map<PoolId, PoolFacts>> pools(
            List<VirtualMachineInner> vms, List<NetworkInterfaceInner> nics) {
        var groups =
                groups(
                        Stream.of(
                                        vms.stream().map(VirtualMachineInner::id),
                                        nics.stream().flatMap(AzureInventory::poolIds))
                                .flatMap(ids -> ids)
                                .toList());
        return inGroups(
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
                        AT_ONCE)
                .collect(Collectors.toSet());
    }

    private boolean isTaken(String id, Optional<String> leftOut) {
        leftOut.ifPresent(why -> leaveOut(id, why));
        return leftOut.isEmpty();
    }

    /** Said once, not at every reading. */
    private void leaveOut(String id, String why) {
        if (said.add(id + why)) {
            LOG.info("leaving out {}: {}", id, why);
        }
    }

    private static KnownVm known(VirtualMachineInner vm) {
        var set = vm.availabilitySet();
        // ARM writes a set's id in varying case, and VMs of one set must agree on it.
        var scope = (set == null ? vm.id() : set.id()).toLowerCase(Locale.ROOT);
        return new KnownVm(new VmId(vm.vmId()), vm.name(), vm.id(), scope, nics(vm));
    }

    private static List<String> nics(VirtualMachineInner vm) {
        var profile = vm.networkProfile();
        return profile == null
                ? List.of()
                : PoolFacts.orEmpty(profile.networkInterfaces()).stream()
                        .map(nic -> nic.id())
                        .toList();
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

    /** The resource groups of these resources, each once. */
    private static Set<String> groups(Collection<String> ids) {
        var groups = new HashSet<String>();
        ids.forEach(id -> groups.add(new ArmId(id).resourceGroup().toLowerCase(Locale.ROOT)));
        return groups;
    }

    private static <T> Mono<List<T>> inGroups(
            Collection<String> groups, java.util.function.Function<String, Mono<List<T>>> list) {
        return Flux.fromIterable(groups)
                .flatMap(list, AT_ONCE)
                .collectList()
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }
}
