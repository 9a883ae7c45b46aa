package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Vm.Hindrance;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * VMs that Ebb took out and that the inventory does not show any more: deleted, or no longer asked
 * for. They stay in sight by what the ledger says of them, until they are back or their network
 * interfaces are gone.
 */
final class Orphans {
    private Orphans() {}

    /** The fleet with its orphans. */
    static Inventory.Fleet join(Inventory.Fleet fleet, Ledger.Open open) {
        if (open.taken().isEmpty()) {
            return fleet;
        }
        var orphans = new LinkedHashSet<VmId>();
        open.taken().forEach(row -> orphans.add(row.id().vm()));
        fleet.vms().forEach(vm -> orphans.remove(vm.id()));
        if (orphans.isEmpty()) {
            return fleet;
        }
        var vms = new ArrayList<>(fleet.vms());
        orphans.forEach(vm -> vms.add(orphan(vm, open)));
        return new Inventory.Fleet(vms, fleet.pools());
    }

    /** An orphan is known by having no resource of its own. */
    private static KnownVm orphan(VmId vm, Ledger.Open open) {
        var nics =
                open.taken().stream()
                        .filter(row -> row.id().vm().equals(vm))
                        .map(TakenMember::resource)
                        .distinct()
                        .toList();
        var name =
                open.drains().stream()
                        .filter(drain -> drain.vm().equals(vm))
                        .map(Ledger.Drain::vmName)
                        .findFirst()
                        .orElse(vm.value());
        return new KnownVm(vm, name, "", "", List.copyOf(nics));
    }

    /** Why an orphan cannot be taken out. */
    static Optional<Hindrance> hindrance(KnownVm vm) {
        return vm.resourceId().isEmpty()
                ? Optional.of(new Hindrance.CannotLeave("it is not in the inventory any more"))
                : Optional.empty();
    }
}
