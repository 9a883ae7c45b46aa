package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one look found: the world for the plan, and what is needed to write the plan down and to
 * carry it out.
 *
 * @param open what the ledger has open
 * @param rules what the operator wants
 * @param events the events as they are known after this look
 * @param evidence why an event is now known to be gone
 * @param testimonies what the agents said
 * @param resources the readings by VM, each with the etag it was read at
 * @param concerned the VMs that what is decided rests on
 */
public record Sight(
        World world,
        Inventory.Fleet fleet,
        Ledger.Open open,
        Rules rules,
        Map<EventId, SeenEvent> events,
        Map<EventId, String> evidence,
        Map<VmId, Testimony> testimonies,
        Map<VmId, List<LoadBalancer.Resource>> resources,
        Set<VmId> concerned) {

    /** The ledger's row of a member. */
    Optional<TakenMember> taken(MemberId id) {
        for (var row : open.taken()) {
            if (row.id().equals(id)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** The readings of all VMs. */
    List<LoadBalancer.Resource> everyResource() {
        var every = new ArrayList<LoadBalancer.Resource>();
        resources.values().forEach(every::addAll);
        return every;
    }

    /** The place of a member that is in its pool, with its resource. */
    Optional<Placed> placed(MemberId id) {
        for (var resource : resources.getOrDefault(id.vm(), List.of())) {
            for (var place : resource.places()) {
                if (place.id().equals(id)) {
                    return Optional.of(new Placed(resource, place));
                }
            }
        }
        return Optional.empty();
    }

    /** A VM's name, for people. */
    String name(VmId vm) {
        for (var known : fleet.vms()) {
            if (known.id().equals(vm)) {
                return known.name();
            }
        }
        return vm.value();
    }

    /** A member's place and the resource that it is on. */
    record Placed(LoadBalancer.Resource resource, LoadBalancer.Place place) {}
}
