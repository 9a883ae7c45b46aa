package io.ebb.orchestrator.pool;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One load balancer with one pool, in memory, that does as it is told and fails when told to. */
public final class FakeCloud implements Inventory, LoadBalancer {
    public static final String SET = "/availabilitySets/web";
    public static final PoolId POOL = new PoolId("/lb/backendAddressPools/web");

    private final List<KnownVm> vms = new ArrayList<>();
    private final Set<VmId> in = new LinkedHashSet<>();
    private final Map<VmId, Verdict> verdicts = new HashMap<>();
    private final Deque<CloudException> failures = new ArrayDeque<>();
    private final List<Change> writes = new ArrayList<>();
    private final Set<VmId> lingering = new LinkedHashSet<>();
    private final Set<VmId> deleted = new LinkedHashSet<>();
    private final Map<VmId, String> tagged = new LinkedHashMap<>();
    private List<Integer> ports = List.of(8080);
    private int etag;

    /** A pool of VMs web-0, web-1, ... with vmIds vm-0, vm-1, ..., all in and up. */
    public static FakeCloud of(int size) {
        var cloud = new FakeCloud();
        for (var i = 0; i < size; i++) {
            var id = new VmId("vm-" + i);
            cloud.vms.add(
                    new KnownVm(id, "web-" + i, "/vm/web-" + i, SET, List.of("/nic/web-" + i)));
            cloud.in.add(id);
            cloud.verdicts.put(id, Verdict.UP);
        }
        return cloud;
    }

    /** The member of a VM. */
    public static MemberId member(VmId vm) {
        return new MemberId(vm, POOL, "nic/" + vm);
    }

    /** The next write fails so. */
    public void failNext(CloudException failure) {
        failures.add(failure);
    }

    /** The probe's verdict from now on. */
    public void verdict(VmId vm, Verdict verdict) {
        verdicts.put(vm, verdict);
    }

    /** The pool's rules from the next inventory on: these ports of TCP, or without any UDP only. */
    public void balances(Integer... tcp) {
        ports = List.of(tcp);
    }

    /** What Azure says of its power from the next inventory on. */
    public void running(VmId vm, boolean runs) {
        vms.replaceAll(known ->
                known.id().equals(vm)
                        ? new KnownVm(
                                vm,
                                known.name(),
                                known.resourceId(),
                                known.scopeUnit(),
                                known.nics(),
                                known.domain(),
                                Optional.of(runs))
                        : known);
    }

    /** The VM is deleted, with its network interface. */
    public void delete(VmId vm) {
        deleted.add(vm);
        in.remove(vm);
        vms.removeIf(known -> known.id().equals(vm));
    }

    /** Somebody else changes membership. */
    public void meddle(VmId vm, boolean member) {
        etag++;
        if (member) {
            in.add(vm);
        } else {
            in.remove(vm);
        }
    }

    public boolean isIn(VmId vm) {
        return in.contains(vm);
    }

    /** Every write that was accepted. */
    public List<Change> writes() {
        return List.copyOf(writes);
    }

    @Override
    public Fleet read() {
        return new Fleet(
                vms,
                List.of(
                        new KnownPool(
                                POOL,
                                POOL.value(),
                                ports,
                                ports.isEmpty(),
                                List.of(new Probe("Http", 8090, "/healthz", 5, 1)),
                                true,
                                Optional.empty())));
    }

    @Override
    public Reading read(Collection<KnownVm> wanted) {
        return new Reading(
                wanted.stream()
                        .filter(vm -> !deleted.contains(vm.id()))
                        .map(vm -> resource(vm.id()))
                        .toList(),
                wanted.stream()
                        .filter(vm -> deleted.contains(vm.id()))
                        .map(vm -> new Unread(vm.id(), "/nic/" + vm.id(), true, "it is gone"))
                        .toList());
    }

    @Override
    public Set<String> listed(KnownPool pool) {
        var listed = new HashSet<String>();
        in.forEach(vm -> listed.add(member(vm).place()));
        lingering.forEach(vm -> listed.add(member(vm).place()));
        return listed;
    }

    /** The load balancer goes on listing this VM, whatever its interface says. */
    public void linger(VmId vm, boolean lingers) {
        if (lingers) {
            lingering.add(vm);
        } else {
            lingering.remove(vm);
        }
    }

    private Resource resource(VmId vm) {
        var places =
                in.contains(vm)
                        ? List.of(
                                new Place(
                                        member(vm),
                                        verdicts.getOrDefault(vm, Verdict.NONE),
                                        "saved " + vm,
                                        "10.0.0.4"))
                        : List.<Place>of();
        return new Resource(
                "/nic/" + vm,
                vm,
                SET,
                "etag-" + etag,
                "guid-" + vm,
                places,
                tagged.containsKey(vm) ? List.of(claim(vm)) : List.of(),
                "{}");
    }

    /** What the tag on a VM's interface says. */
    private Claim claim(VmId vm) {
        var saved = tagged.getOrDefault(vm, "");
        if (saved.isEmpty()) {
            return new Claim.Unreadable("tag", "somebody edited it");
        }
        return in.contains(vm)
                ? new Claim.Back("tag", member(vm))
                : new Claim.Out("tag", member(vm), saved);
    }

    /** Somebody edits the tag that Ebb wrote on a VM's interface. */
    public void smudge(VmId vm) {
        tagged.put(vm, "");
    }

    /** Somebody deletes it. */
    public void untag(VmId vm) {
        tagged.remove(vm);
    }

    public boolean isTagged(VmId vm) {
        return tagged.containsKey(vm);
    }

    @Override
    public Resource apply(Resource resource, List<Change> changes, Patience patience) {
        var failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (!resource.etag().equals("etag-" + etag)) {
            throw new CloudException.Conflict("writing " + resource.id() + ": 412", null);
        }
        for (var change : changes) {
            switch (change) {
                case Change.Leave(var member, var saved) -> {
                    in.remove(member.vm());
                    tagged.put(member.vm(), saved);
                }
                case Change.Join(var member, _) -> {
                    in.add(member.vm());
                    tagged.remove(member.vm());
                }
            }
        }
        writes.addAll(changes);
        etag++;
        return resource(resource.vm());
    }

    @Override
    public Optional<String> byHand(MemberId member, String saved) {
        return Optional.of("az put back " + member.vm());
    }
}
