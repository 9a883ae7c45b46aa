package io.ebb.orchestrator.azure;

import com.azure.core.http.rest.Response;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInstanceViewInner;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What ARM knows of VMs at this time, beyond their definitions: their update domains and power.
 *
 * <p>No listing shows definitions and instance views together: {@code $expand} is for scale sets,
 * and {@code statusOnly} lists a whole subscription, without tags and network interfaces. So a
 * subscription costs one listing more, and a resource group one read for each VM.
 */
final class InstanceViews {
    private static final String POWER = "PowerState/";

    private final Arm arm;
    private final boolean wholeSubscription;

    /**
     * @param wholeSubscription whether the VMs were listed by subscription, which may then be asked
     *     for statuses too; rights on resource groups do not suffice for that
     */
    InstanceViews(Arm arm, boolean wholeSubscription) {
        this.arm = arm;
        this.wholeSubscription = wholeSubscription;
    }

    /** The views of one reading, by {@link ArmId#key()}; a VM without one is absent. */
    record Read(Map<String, VirtualMachineInstanceViewInner> views) {
        Read {
            views = Map.copyOf(views);
        }

        /** The update domain of the VM's availability set, if ARM names one. */
        Optional<String> domain(VirtualMachineInner vm) {
            var set = vm.availabilitySet();
            return set == null
                    ? Optional.empty()
                    : view(vm).map(VirtualMachineInstanceViewInner::platformUpdateDomain)
                            .map(domain -> set.id().toLowerCase(Locale.ROOT) + "/" + domain);
        }

        /** Whether ARM calls the VM running; empty when it does not say. */
        Optional<Boolean> running(VirtualMachineInner vm) {
            return view(vm).flatMap(view ->
                    PoolFacts.orEmpty(view.statuses()).stream()
                            .flatMap(status -> Optional.ofNullable(status.code()).stream())
                            .filter(code -> code.regionMatches(true, 0, POWER, 0, POWER.length()))
                            .map(code -> code.equalsIgnoreCase(POWER + "running"))
                            .findFirst());
        }

        private Optional<VirtualMachineInstanceViewInner> view(VirtualMachineInner vm) {
            return Optional.ofNullable(views.get(new ArmId(vm.id()).key()));
        }
    }

    /** Reads those of these VMs. */
    Mono<Read> of(List<VirtualMachineInner> vms) {
        return vms.isEmpty() || !wholeSubscription
                ? each(vms, new Read(Map.of()))
                : arm.typed(
                                "listing the statuses of the subscription's VMs",
                                arm.compute().getVirtualMachines().listAsync("true", null, null))
                        .map(InstanceViews::read)
                        .flatMap(read -> each(silentIn(read, vms), read));
    }

    /** Whom that listing does not say enough of; that it names domains is not documented. */
    private static List<VirtualMachineInner> silentIn(Read read, List<VirtualMachineInner> vms) {
        return vms.stream()
                .filter(vm ->
                        read.running(vm).isEmpty()
                                || (vm.availabilitySet() != null && read.domain(vm).isEmpty()))
                .toList();
    }

    private Mono<Read> each(List<VirtualMachineInner> vms, Read known) {
        return Flux.fromIterable(vms)
                .flatMap(vm -> one(new ArmId(vm.id())), Groups.AT_ONCE)
                .flatMapIterable(found -> found)
                .collectList()
                .map(found -> {
                    var all = new HashMap<>(known.views());
                    all.putAll(read(found).views());
                    return new Read(all);
                });
    }

    /** A VM that was deleted since it was listed has no view. */
    private Mono<List<VirtualMachineInner>> one(ArmId vm) {
        return arm.typed(
                "reading the instance view of " + vm.name(),
                arm.compute()
                        .getVirtualMachines()
                        .getByResourceGroupWithResponseAsync(
                                vm.resourceGroup(), vm.name(), InstanceViewTypes.INSTANCE_VIEW)
                        .map(Response::getValue)
                        .onErrorResume(InstanceViews::isNotFound, _ -> Mono.empty())
                        .flux());
    }

    private static boolean isNotFound(Throwable thrown) {
        return thrown instanceof ManagementException refused
                && refused.getResponse() != null
                && refused.getResponse().getStatusCode() == 404;
    }

    private static Read read(List<VirtualMachineInner> found) {
        var views = new HashMap<String, VirtualMachineInstanceViewInner>();
        for (var vm : found) {
            if (vm.instanceView() != null) {
                views.put(new ArmId(vm.id()).key(), vm.instanceView());
            }
        }
        return new Read(views);
    }
}
