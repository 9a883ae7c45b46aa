package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Claim;
import io.ebb.orchestrator.pool.LoadBalancer.Place;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The network as it truly is: what the interfaces say, and what the load balancer does. */
final class Azure {
    /** Who took a member out. */
    enum Owner {
        EBB,
        OTHERS,
        EITHER
    }

    /** A write on its way; answered when either is present. */
    static final class Request {
        final Resource resource;
        final List<Change> changes;
        private final boolean unconditional;
        Optional<CloudException> failure = Optional.empty();
        boolean done;

        Request(Resource resource, List<Change> changes, boolean unconditional) {
            this.resource = resource;
            this.changes = changes;
            this.unconditional = unconditional;
        }

        /** Whether it has no If-Match. */
        boolean isUnconditional() {
            return unconditional;
        }

        boolean isAnswered() {
            return done || failure.isPresent();
        }

        void fail(CloudException how) {
            failure = failure.or(() -> Optional.of(how));
        }
    }

    /** For so long the last answer stands for one that does not come, if no member changes. */
    private static final long MEMORY = 120_000;

    /** After so long a member that was down may be up again. */
    private static final long DOUBT = 10_000;

    private final Clockwork clock;
    private final Dice dice;
    private final List<KnownPool> pools;
    private final List<Machine> machines;
    private final Map<VmId, Map<PoolId, String>> documents = new HashMap<>();
    private final Map<VmId, Integer> etags = new HashMap<>();
    private final Set<MemberId> effective = new HashSet<>();
    private final Set<MemberId> listed = new HashSet<>();
    private final Map<MemberId, Long> joined = new HashMap<>();
    private final Map<MemberId, Owner> owners = new HashMap<>();
    private final Map<MemberId, String> tags = new LinkedHashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Set<PoolId> probed = new HashSet<>();
    private final long verdictLag;
    private final long listLag;

    /** Whether removals are written into tags: operators may switch that off. */
    private final boolean tagging;

    private final Map<PoolId, Long> changed = new HashMap<>();
    private long muteFrom = Long.MAX_VALUE;
    private long muteUntil = Long.MIN_VALUE;

    Azure(Clockwork clock, Dice dice, List<KnownPool> pools, List<Machine> machines) {
        this.clock = clock;
        this.dice = dice;
        this.pools = List.copyOf(pools);
        this.machines = List.copyOf(machines);
        for (var pool : pools) {
            if (!pool.probes().isEmpty()) {
                probed.add(pool.id());
            }
        }
        this.verdictLag = dice.between(0, 6000);
        this.listLag = dice.between(0, 2000);
        this.tagging = dice.chance(0.7);
        for (var machine : machines) {
            var document = new LinkedHashMap<PoolId, String>();
            for (var pool : pools) {
                var member = member(machine, pool.id());
                document.put(pool.id(), saved(member));
                effective.add(member);
                listed.add(member);
                joined.put(member, -1_000_000L);
            }
            documents.put(machine.id, document);
            etags.put(machine.id, 1);
        }
    }

    static MemberId member(Machine machine, PoolId pool) {
        return machine.member(pool);
    }

    /** What a membership exactly is. */
    static String saved(MemberId member) {
        return "exactly " + member.vm() + " in " + member.pool();
    }

    List<KnownPool> pools() {
        return pools;
    }

    List<Machine> machines() {
        return machines;
    }

    Machine machine(VmId id) {
        for (var machine : machines) {
            if (machine.id.equals(id)) {
                return machine;
            }
        }
        throw new IllegalArgumentException("there is no " + id);
    }

    /** Whether it truly receives new flows there. */
    boolean serves(Machine machine, KnownPool pool) {
        return effective.contains(member(machine, pool.id()))
                && (pool.probes().isEmpty() || machine.isProbeUp());
    }

    boolean serves(Machine machine) {
        for (var pool : pools) {
            if (serves(machine, pool)) {
                return true;
            }
        }
        return false;
    }

    boolean isEffective(MemberId member) {
        return effective.contains(member);
    }

    boolean isShown(MemberId member) {
        return document(member.vm()).containsKey(member.pool());
    }

    Optional<String> shown(MemberId member) {
        return Optional.ofNullable(document(member.vm()).get(member.pool()));
    }

    Optional<Owner> owner(MemberId member) {
        return Optional.ofNullable(owners.get(member));
    }

    Set<String> listed(PoolId pool) {
        var places = new HashSet<String>();
        for (var member : listed) {
            if (member.pool().equals(pool)) {
                places.add(member.place());
            }
        }
        return places;
    }

    /** The interface of a VM as a GET shows it now. */
    Resource resource(VmId vm, boolean asksVerdicts) {
        var machine = machine(vm);
        var places = new ArrayList<Place>();
        document(vm)
                .forEach((id, saved) -> {
                    var member = member(machine, id);
                    var verdict = asksVerdicts ? verdict(machine, member) : Verdict.NONE;
                    places.add(new Place(member, verdict, saved, "10.0.0.4"));
                });
        return new Resource(
                "/nic/" + vm,
                vm,
                machine.scope,
                "etag-" + etags.get(vm),
                "guid-" + vm,
                places,
                claims(vm),
                "");
    }

    /** What the tags of an interface say that Ebb took out of it. */
    private List<Claim> claims(VmId vm) {
        if (tags.isEmpty()) {
            return List.of();
        }
        return tags.entrySet().stream()
                .filter(tag -> tag.getKey().vm().equals(vm))
                .<Claim>map(tag ->
                        isShown(tag.getKey())
                                ? new Claim.Back("ebb-out", tag.getKey())
                                : new Claim.Out("ebb-out", tag.getKey(), tag.getValue()))
                .toList();
    }

    private Map<PoolId, String> document(VmId vm) {
        return documents.computeIfAbsent(vm, _ -> new LinkedHashMap<>());
    }

    /** From now on nobody is told anything new of health for so long. */
    void muteHealth(long millis) {
        clock.tell("health is not answered for %d ms", millis);
        muteFrom = clock.now();
        muteUntil = clock.now() + millis;
    }

    /** Whether health is not answered, or was not until a while ago. */
    boolean isMute(long until) {
        return muteFrom <= clock.now() && clock.now() < muteUntil + until;
    }

    private Verdict verdict(Machine machine, MemberId member) {
        var since = joined.getOrDefault(member, clock.now());
        var asked = isMute(0) ? muteFrom : clock.now();
        if (!probed.contains(member.pool())
                || !effective.contains(member)
                || since + verdictLag + 5000 > asked
                || asked + MEMORY <= clock.now()
                || changed.getOrDefault(member.pool(), asked) > asked) {
            return Verdict.NONE;
        }
        if (machine.wasProbeUp(asked - verdictLag)) {
            return Verdict.UP;
        }
        return asked + DOUBT < clock.now() ? Verdict.WAS_DOWN : Verdict.DOWN;
    }

    /** Whether nobody has written since it was read. */
    boolean isCurrent(Resource resource) {
        return resource.etag().equals("etag-" + etags.get(resource.vm()));
    }

    /** A PUT arrives. */
    void put(Request request) {
        var vm = request.resource.vm();
        var lane = request.resource.id() + machine(vm).scope;
        var set = machine(vm).scope;
        if (dice.fault(0.03)) {
            request.fail(refused("429", Optional.of(Duration.ofSeconds(dice.between(1, 8)))));
        } else if (dice.fault(0.03)) {
            request.fail(refused("500", Optional.empty()));
        } else if (dice.fault(0.004)) {
            request.fail(new CloudException.Permanent("403 AuthorizationFailed", null));
        } else if (busy.contains(set) || dice.fault(0.03)) {
            request.fail(refused("409 AnotherOperationInProgress", Optional.empty()));
        } else if (!request.isUnconditional() && !isCurrent(request.resource)) {
            request.fail(new CloudException.Conflict("412", null));
        } else {
            clock.tell("ARM accepts %s of %s", names(request.changes), lane);
            accept(request, set);
        }
    }

    static String names(List<Change> changes) {
        return changes.stream()
                .map(c ->
                        (c instanceof Change.Leave ? "leave " : "join ")
                                + c.member().vm()
                                + " "
                                + c.member().pool().name())
                .toList()
                .toString();
    }

    private static CloudException refused(String how, Optional<Duration> after) {
        return new CloudException.Transient(how, after, null);
    }

    /** Azure shows a write before it has taken effect. */
    private void accept(Request request, String set) {
        var vm = request.resource.vm();
        var before = new LinkedHashMap<>(document(vm));
        var tagged = new LinkedHashMap<>(tags);
        busy.add(set);
        edit(vm, request.changes);
        var cancelled = dice.fault(0.02);
        if (dice.fault(0.06)) {
            request.fail(refused("the answer was lost", Optional.empty()));
        }
        clock.in(
                dice.fault(0.1) ? 20_000 : dice.between(300, 8000),
                () -> {
                    busy.remove(set);
                    if (cancelled) {
                        documents.put(vm, before);
                        tags.keySet().removeIf(member -> member.vm().equals(vm));
                        tagged.forEach((member, saved) -> {
                            if (member.vm().equals(vm)) {
                                tags.put(member, saved);
                            }
                        });
                        etags.merge(vm, 1, Integer::sum);
                        clock.tell("the write of %s is superseded", vm);
                        request.fail(new CloudException.Conflict("superseded", null));
                    } else {
                        takeEffect(vm);
                        request.done = true;
                    }
                });
    }

    private void edit(VmId vm, List<Change> changes) {
        var document = document(vm);
        for (var change : changes) {
            var member = change.member();
            switch (change) {
                case Change.Leave(_, var saved) -> {
                    if (document.remove(member.pool()) != null) {
                        owners.put(member, Owner.EBB);
                        if (tagging) {
                            tags.put(member, saved);
                        }
                    }
                }
                case Change.Join(_, var saved) -> {
                    document.putIfAbsent(member.pool(), saved);
                    owners.remove(member);
                }
            }
        }
        tags.keySet().removeIf(member -> member.vm().equals(vm) && isShown(member));
        etags.merge(vm, 1, Integer::sum);
    }

    /** The load balancer follows the interface, and its list follows a little later. */
    private void takeEffect(VmId vm) {
        var machine = machine(vm);
        for (var pool : pools) {
            var member = member(machine, pool.id());
            if (isShown(member) && effective.add(member)) {
                joined.put(member, clock.now());
                changed.put(pool.id(), clock.now());
                clock.tell("%s is in %s", machine.name, pool.id().name());
            } else if (!isShown(member) && effective.remove(member)) {
                changed.put(pool.id(), clock.now());
                clock.tell("%s is out of %s", machine.name, pool.id().name());
                if (!serves(machine) && dice.chance(0.4)) {
                    machine.cutFlows();
                }
            }
        }
        clock.in(listLag, () -> list(machine));
    }

    private void list(Machine machine) {
        for (var pool : pools) {
            var member = member(machine, pool.id());
            if (effective.contains(member)) {
                listed.add(member);
            } else {
                listed.remove(member);
            }
        }
    }

    /** From now on Ebb may as well have taken it out. */
    void sharesTheBlame(MemberId member) {
        owners.put(member, Owner.EITHER);
    }

    /** Somebody else takes a member out, or puts it back. */
    void meddle(MemberId member, boolean in, Owner owner) {
        if (isShown(member) == in || busy.contains(machine(member.vm()).scope)) {
            return;
        }
        clock.tell("somebody %s %s", in ? "puts back" : "takes out", member);
        if (in) {
            document(member.vm()).put(member.pool(), saved(member));
            owners.remove(member);
        } else {
            document(member.vm()).remove(member.pool());
            owners.put(member, owner);
        }
        etags.merge(member.vm(), 1, Integer::sum);
        takeEffect(member.vm());
    }
}
