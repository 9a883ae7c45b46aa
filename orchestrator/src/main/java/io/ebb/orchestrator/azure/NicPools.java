package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.Inventory.KnownVm;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.Patience;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Backend pools whose membership lies on network interfaces. */
public final class NicPools implements LoadBalancer {
    private static final int AT_ONCE = 8;

    /** What takes longer to be read keeps nobody waiting: it was not read. */
    private static final Duration HANGING = Duration.ofSeconds(4);

    private final Arm arm;
    private final AzureSettings settings;
    private final Supplier<Map<PoolId, PoolFacts>> pools;
    private final Operation operation;
    private final RuleHealth health;

    /** A driver for the pools of this inventory. */
    public NicPools(
            Arm arm, AzureSettings settings, AzureInventory inventory, InstantSource clock) {
        this.arm = arm;
        this.settings = settings;
        this.pools = inventory::pools;
        this.operation = new Operation(arm);
        this.health =
                new RuleHealth(
                        arm, operation, settings.healthAge(), settings.requestTimeout(), clock);
    }

    private record Found(Optional<Resource> resource, Optional<Unread> unread) {}

    @Override
    public Reading read(Collection<KnownVm> vms) {
        var known = pools.get();
        var failures = new ArrayList<CloudException>();
        var found =
                Edge.await(
                        "reading network interfaces",
                        Flux.fromIterable(vms)
                                .flatMapIterable(vm ->
                                        vm.nics().stream().map(nic -> Map.entry(vm, nic)).toList())
                                .flatMapSequential(
                                        one -> read(one.getKey(), one.getValue(), known, failures),
                                        AT_ONCE)
                                .collectList(),
                        settings.operationTimeout());
        var reading =
                new Reading(
                        found.stream().flatMap(one -> one.resource().stream()).toList(),
                        found.stream().flatMap(one -> one.unread().stream()).toList());
        if (!failures.isEmpty() && failures.size() == found.size()) {
            throw failures.getFirst();
        }
        return reading;
    }

    private Mono<Found> read(
            KnownVm vm, String nic, Map<PoolId, PoolFacts> known, List<CloudException> failures) {
        var doing = "reading " + new ArmId(nic).name() + " of " + vm.name();
        return arm.get(nic)
                .timeout(HANGING)
                .flatMap(answer -> {
                    if (answer.isGone()) {
                        return Mono.just(unread(vm.id(), nic, true, doing + ": it is gone"));
                    }
                    if (!(answer.orThrow(doing).body() instanceof ObjectNode tree)) {
                        throw new CloudException.Permanent(doing + ": no JSON object", null);
                    }
                    return resource(new Nic(tree), vm.id(), lane(vm, nic), known)
                            .map(one -> new Found(Optional.of(one), Optional.empty()));
                })
                .onErrorResume(thrown -> {
                    var failure = Failures.of(doing, thrown);
                    synchronized (failures) {
                        failures.add(failure);
                    }
                    return Mono.just(unread(vm.id(), nic, false, failure.getMessage()));
                });
    }

    @Override
    public Set<String> listed(KnownPool pool) {
        var doing = "reading the members of pool " + pool.id().name();
        return Edge.await(
                doing,
                arm.get(pool.resourceId()).map(answer -> listed(answer.orThrow(doing).body())),
                HANGING);
    }

    private static Set<String> listed(JsonNode pool) {
        var places = new HashSet<String>();
        for (var member : pool.path("properties").path("backendIPConfigurations")) {
            places.add(new ArmId(member.path("id").asText()).key());
        }
        return places;
    }

    private static Found unread(VmId vm, String nic, boolean gone, String why) {
        return new Found(Optional.empty(), Optional.of(new Unread(vm, nic, gone, why)));
    }

    /** Azure writes the interfaces of one availability set one at a time. */
    private static String lane(KnownVm vm, String nic) {
        return vm.scopeUnit().equalsIgnoreCase(vm.resourceId())
                ? new ArmId(nic).key()
                : new ArmId(vm.scopeUnit()).key();
    }

    private Mono<Resource> resource(Nic nic, VmId vm, String lane, Map<PoolId, PoolFacts> known) {
        var mine =
                nic.memberships().stream()
                        .filter(one -> known.containsKey(new PoolId(one.saved().pool())))
                        .toList();
        return Flux.fromStream(mine.stream().map(one -> new PoolId(one.saved().pool())).distinct())
                .flatMapSequential(pool -> verdicts(pool, known).map(all -> Map.entry(pool, all)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(verdicts ->
                        new Resource(
                                nic.id(),
                                vm,
                                lane,
                                nic.etag(),
                                nic.guid(),
                                mine.stream().map(one -> place(nic, vm, one, verdicts)).toList(),
                                Claims.of(nic, vm),
                                nic));
    }

    private Mono<Map<String, Verdict>> verdicts(PoolId pool, Map<PoolId, PoolFacts> known) {
        var facts = known.get(pool);
        return facts == null ? Mono.just(Map.of()) : health.of(facts);
    }

    private static Place place(
            Nic nic, VmId vm, Nic.Membership one, Map<PoolId, Map<String, Verdict>> verdicts) {
        var pool = new PoolId(one.saved().pool());
        var member = Claims.member(nic, vm, one.saved().pool(), one.ipConfig());
        var verdict =
                verdicts.getOrDefault(pool, Map.of()).getOrDefault(member.place(), Verdict.NONE);
        return new Place(member, verdict, one.saved().write(), one.address());
    }

    @Override
    public Resource apply(Resource resource, List<Change> changes, Patience patience) {
        if (!(resource.document() instanceof Nic looked)) {
            throw new IllegalArgumentException(resource.id() + " was not read by this driver");
        }
        var doing =
                changes.stream()
                        .map(change -> describe(looked, change))
                        .collect(Collectors.joining(", "));
        var write =
                new NicWrite(arm, operation, doing, looked, changes, patience)
                        .perform(settings.tags())
                        .doFinally(_ ->
                                changes.forEach(change -> health.forget(change.member().pool())));
        return Edge.await(
                doing,
                write.flatMap(nic ->
                        nic.equals(looked)
                                ? Mono.just(resource)
                                : resource(
                                        nic,
                                        resource.vm(),
                                        resource.lane(),
                                        unasked(changes, pools.get()))),
                settings.operationTimeout());
    }

    /** A pool that was just joined has no word on the new member yet, so it is not asked. */
    private static Map<PoolId, PoolFacts> unasked(
            List<Change> changes, Map<PoolId, PoolFacts> known) {
        var changed = changes.stream().map(change -> change.member().pool()).toList();
        return known.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                one ->
                                        changed.contains(one.getKey())
                                                ? new PoolFacts(one.getValue().known(), List.of())
                                                : one.getValue()));
    }

    private static String describe(Nic nic, Change change) {
        return switch (change) {
            case Change.Leave(var member, _) ->
                    "taking " + nic.machine() + " out of pool " + member.pool().name();
            case Change.Join(var member, _) ->
                    "putting " + nic.machine() + " back into pool " + member.pool().name();
        };
    }

    @Override
    public Optional<String> byHand(MemberId member, String saved) {
        return Saved.read(saved).flatMap(was -> ByHand.command(member, was));
    }

    @Override
    public Optional<String> traceless(Resource resource, Place place) {
        if (!settings.tags()) {
            return Optional.of("ebb.azure.tags is false");
        }
        return resource.document() instanceof Nic nic
                ? Saved.read(place.saved())
                        .flatMap(saved -> NicEdit.untaggable(nic, saved))
                        .map(why -> nic.name() + ": " + why)
                : Optional.empty();
    }
}
