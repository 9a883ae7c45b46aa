package io.ebb.orchestrator.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.Inventory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds the VMs of the settings, their network interfaces, and the pools these can serve. */
public final class AzureInventory implements Inventory {
    private final Arm arm;
    private final AzureSettings settings;
    private final LeftOut leftOut = new LeftOut();
    private final PoolSearch search;
    private final InstanceViews views;
    private volatile @Nullable Map<PoolId, PoolFacts> pools;

    /** An inventory that has read nothing yet. */
    public AzureInventory(Arm arm, AzureSettings settings) {
        this.arm = arm;
        this.settings = settings;
        this.search = new PoolSearch(arm, leftOut);
        this.views = new InstanceViews(arm, settings.resourceGroups().isEmpty());
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
                        Mono.zip(interfaces(vms), views.of(vms))
                                .flatMap(found ->
                                        search.pools(vms, found.getT1())
                                                .map(facts -> fleet(vms, found.getT2(), facts))));
    }

    private Fleet fleet(
            List<VirtualMachineInner> vms, InstanceViews.Read read, Map<PoolId, PoolFacts> facts) {
        pools = facts;
        return new Fleet(
                vms.stream().map(vm -> known(vm, read)).toList(),
                facts.values().stream().map(PoolFacts::known).toList());
    }

    private Mono<List<VirtualMachineInner>> machines() {
        var client = arm.compute().getVirtualMachines();
        var found =
                settings.resourceGroups().isEmpty()
                        ? arm.typed("listing the subscription's VMs", client.listAsync())
                        : Groups.each(
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
            leftOut.say(vm.id(), "it belongs to scale set " + vm.virtualMachineScaleSet().id());
            return false;
        }
        if (vm.vmId() == null) {
            leftOut.say(vm.id(), "ARM gives it no vmId yet");
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
        return Groups.each(
                        Groups.of(wanted),
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

    private static KnownVm known(VirtualMachineInner vm, InstanceViews.Read read) {
        var set = vm.availabilitySet();
        // ARM writes a set's id in varying case, and VMs of one set must agree on it.
        var scope = (set == null ? vm.id() : set.id()).toLowerCase(Locale.ROOT);
        return new KnownVm(
                new VmId(vm.vmId()),
                vm.name(),
                vm.id(),
                scope,
                nics(vm),
                read.domain(vm),
                read.running(vm));
    }

    private static List<String> nics(VirtualMachineInner vm) {
        var profile = vm.networkProfile();
        return profile == null
                ? List.of()
                : PoolFacts.orEmpty(profile.networkInterfaces()).stream()
                        .map(nic -> nic.id())
                        .toList();
    }
}
