package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.orchestrator.pool.LoadBalancer.Unread;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the load balancers said last, per VM. Readings grow old at two paces: slowly while nothing
 * happens to a VM, fast while something does, so that ARM's read budget goes where it is needed.
 */
@Singleton
public final class Readings {
    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);

    /** How old a reading may grow while nothing happens to its VM. */
    static final Duration IDLE = Duration.ofSeconds(30);

    private final LoadBalancer loadBalancer;
    private final Duration busyAge;
    private final Map<VmId, Known> known = new ConcurrentHashMap<>();

    /** VMs whose reading is known to be out of date, whatever its age. */
    private final Set<VmId> stale = ConcurrentHashMap.newKeySet();

    /** VMs of which somebody wants a reading that is begun from now on. */
    private final Set<VmId> wanted = ConcurrentHashMap.newKeySet();

    private final Wake due = new Wake();

    /**
     * One VM's reading.
     *
     * @param at when it was begun
     * @param appeared members that earlier readings did not show, and since when they are shown
     */
    public record Known(
            List<Resource> resources,
            List<Unread> unread,
            Instant at,
            Map<MemberId, Instant> appeared) {
        public Known {
            resources = List.copyOf(resources);
            unread = List.copyOf(unread);
            appeared = Map.copyOf(appeared);
        }

        private static Known first(List<Resource> resources, List<Unread> unread, Instant at) {
            return new Known(resources, unread, at, Map.of());
        }

        private Known next(List<Resource> resources, List<Unread> unread, Instant at) {
            var appeared = new HashMap<MemberId, Instant>();
            for (var resource : resources) {
                for (var place : resource.places()) {
                    var since = shows(place.id()) ? this.appeared.get(place.id()) : at;
                    if (since != null) {
                        appeared.put(place.id(), since);
                    }
                }
            }
            return new Known(resources, unread, at, appeared);
        }

        /** What is known after another reading, which may have been overtaken. */
        private Known followedBy(List<Resource> read, List<Unread> missing, Instant begun) {
            if (at.isAfter(begun)) {
                return this; // a write was verified while this reading was under way
            }
            return missing.stream().allMatch(Unread::gone)
                    ? next(read, missing, begun)
                    // A resource that could not be read keeps its last reading, with its old time.
                    : next(resources, missing, at);
        }

        private boolean shows(MemberId id) {
            for (var resource : resources) {
                for (var place : resource.places()) {
                    if (place.id().equals(id)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    public Readings(LoadBalancer loadBalancer, ReadingSettings settings) {
        this.loadBalancer = loadBalancer;
        this.busyAge = settings.readingAge();
    }

    /** What the load balancer itself lists, per pool, and since when that is known. */
    private final Map<PoolId, Set<String>> listed = new ConcurrentHashMap<>();

    /**
     * Reads which members the load balancer itself lists, for these pools; for others what was
     * known is forgotten.
     */
    public void list(Collection<Inventory.KnownPool> pools) {
        listed.keySet().retainAll(pools.stream().map(Inventory.KnownPool::id).toList());
        for (var pool : pools) {
            try {
                listed.put(pool.id(), loadBalancer.listed(pool));
            } catch (CloudException e) {
                listed.remove(pool.id());
                LOG.warn("looking at the load balancers: {}", e.getMessage());
            }
        }
    }

    /** Whether a member may still receive flows, although its own resource says that it left. */
    public boolean lingers(MemberId member) {
        var places = listed.get(member.pool());
        return places == null || places.contains(member.place());
    }

    /** When a member was first seen in its pool that was not there before; empty: it always was. */
    public Optional<Instant> appeared(MemberId member) {
        return of(member.vm()).map(reading -> reading.appeared().get(member));
    }

    /** What is known of a VM; empty before its first reading. */
    public Optional<Known> of(VmId vm) {
        return Optional.ofNullable(known.get(vm));
    }

    /**
     * Reads those VMs anew whose reading has grown too old.
     *
     * @return whether any was due, and the load balancers answered
     */
    public boolean refresh(List<KnownVm> vms, Set<VmId> busy, Instant now) {
        var due = due(vms, busy, now);
        if (due.isEmpty()) {
            return false;
        }
        // What is due before the next look is read with it, or each VM would have a time of its
        // own, and all would wait for one another.
        due = due(vms, busy, now.plus(Upkeep.LOOK));
        var doubted = due.stream().map(KnownVm::id).filter(stale::remove).toList();
        due.forEach(vm -> wanted.remove(vm.id()));
        try {
            remember(due, loadBalancer.read(due), now);
            return true;
        } catch (CloudException e) {
            stale.addAll(doubted);
            LOG.warn("looking at the load balancers: {}", e.getMessage());
            return false;
        }
    }

    private List<KnownVm> due(List<KnownVm> vms, Set<VmId> busy, Instant now) {
        var due = new ArrayList<>(vms);
        due.removeIf(vm -> !isDue(vm.id(), busy.contains(vm.id()) ? busyAge : IDLE, now));
        return due;
    }

    private boolean isDue(VmId vm, Duration age, Instant now) {
        var reading = known.get(vm);
        return reading == null
                || stale.contains(vm)
                || wanted.contains(vm)
                || !reading.at().plus(age).isAfter(now);
    }

    private void remember(List<KnownVm> vms, LoadBalancer.Reading reading, Instant at) {
        var resources = reading.resources().stream().collect(Collectors.groupingBy(Resource::vm));
        var unread = reading.unread().stream().collect(Collectors.groupingBy(Unread::vm));
        for (var vm : vms) {
            var read = resources.getOrDefault(vm.id(), List.<Resource>of());
            var missing = unread.getOrDefault(vm.id(), List.of());
            known.merge(
                    vm.id(),
                    Known.first(read, missing, at),
                    (before, _) -> before.followedBy(read, missing, at));
        }
    }

    /** Remembers what was verified after a write. */
    public void verified(Resource resource, Instant at) {
        known.computeIfPresent(
                resource.vm(),
                (_, before) ->
                        before.next(
                                before.resources().stream()
                                        .map(r -> r.id().equals(resource.id()) ? resource : r)
                                        .toList(),
                                before.unread(),
                                at));
        distrust(resource.vm());
    }

    /** Whether nothing newer is known of a resource than this. */
    boolean isCurrent(Resource resource) {
        return of(resource.vm()).stream()
                .flatMap(reading -> reading.resources().stream())
                .filter(other -> other.id().equals(resource.id()))
                .allMatch(other -> other.etag().equals(resource.etag()));
    }

    /** The next refresh reads this VM, however young its reading is, and is due now. */
    public void distrust(VmId vm) {
        stale.add(vm);
        hurry();
    }

    /** The next refresh is due now. */
    void hurry() {
        due.up();
    }

    /** Waits until a refresh is due, at most so long. */
    void await(Duration longest) throws InterruptedException {
        due.sleep(longest);
    }

    /**
     * Whether a VM was read after somebody first asked, as an approval needs it; if not, the next
     * refresh reads it.
     */
    public boolean isReadSince(VmId vm, Instant asked) {
        var reading = known.get(vm);
        var isRead = reading != null && !stale.contains(vm) && !reading.at().isBefore(asked);
        if (!isRead && wanted.add(vm)) {
            hurry();
        }
        return isRead;
    }

    /** Whether a VM's reading was begun after that time. */
    public boolean isReadAfter(VmId vm, Instant time) {
        var reading = known.get(vm);
        return reading != null && reading.at().isAfter(time);
    }

    /** Whether a VM's reading is young enough to decide by. */
    public boolean isFresh(VmId vm, Instant now) {
        var reading = known.get(vm);
        return reading != null && reading.at().plus(busyAge).plus(busyAge).isAfter(now);
    }
}
