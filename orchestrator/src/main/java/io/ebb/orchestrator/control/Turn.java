package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.CurrentFleet;
import io.ebb.orchestrator.pool.Inventory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One turn for everything open: look, plan, write down, act. */
@Singleton
public final class Turn implements Latest {
    private final CurrentFleet fleet;
    private final Lookout lookout;
    private final Ledger ledger;
    private final Orders orders;
    private final Lanes lanes;
    private final ControlPlane controlPlane;
    private final Notes notes;
    private final Adoption adoption;
    private final Certainty certainty;
    private final CurrentRules current;
    private final RandomGenerator random = RandomGenerator.getDefault();

    private volatile boolean isPlanner;
    private volatile Optional<View> view = Optional.empty();
    private volatile Set<VmId> concerned = Set.of();
    private volatile Set<VmId> busy = Set.of();
    private volatile Optional<String> problem = Optional.of("no turn has been taken yet");

    public Turn(
            CurrentFleet fleet,
            Lookout lookout,
            Readings readings,
            Ledger ledger,
            Orders orders,
            Lanes lanes,
            ControlPlane controlPlane,
            Notes notes,
            CurrentRules current) {
        this.fleet = fleet;
        this.lookout = lookout;
        this.ledger = ledger;
        this.orders = orders;
        this.lanes = lanes;
        this.controlPlane = controlPlane;
        this.notes = notes;
        this.current = current;
        this.adoption = new Adoption(readings);
        this.certainty = new Certainty(readings);
    }

    /**
     * Takes a turn.
     *
     * @param term the lease's length
     * @throws Ledger.LeaseLostException when the lease passed to another; nothing was done
     * @throws Ledger.SpokenMeanwhileException when an operator said something meanwhile; nothing
     *     was done
     */
    public void take(Ledger.Lease lease, Duration term) {
        adoption.under(lease, term);
        lookout.under(lease);
        certainty.under(lease);
        isPlanner = true;
        ready().ifPresent(ready -> take(lease, term, ready));
    }

    /**
     * Sees what a turn would see, and does nothing: another replica plans, and this one can tell
     * operators what there is to see. What only the planner's process knows is not seen: its writes
     * under way, what hindered them, and for how long VMs have rested.
     *
     * @param term the lease's length
     */
    public void watch(Duration term) {
        isPlanner = false;
        ready().ifPresent(ready -> {
            var sight = lookout.look(ready.fleet(), ready.open(), ready.rules(), term);
            saw(sight, Plan.of(sight.world()));
        });
    }

    /**
     * What is known before the look.
     *
     * @param fleet the VMs, with those that it lost
     */
    private record Ready(Inventory.Fleet fleet, Ledger.Open open, Rules rules) {}

    private Optional<Ready> ready() {
        var known = fleet.get();
        if (known.isEmpty()) {
            problem = fleet.problem().or(() -> Optional.of("the inventory has not been read yet"));
            return Optional.empty();
        }
        var open = ledger.open();
        var rules = current.of(open.policy());
        var vms = Orphans.join(known.get(), open);
        if (!lookout.isReady(vms)) {
            problem = Optional.of("the load balancers have not been read yet");
            return Optional.empty();
        }
        return Optional.of(new Ready(vms, open, rules));
    }

    private void take(Ledger.Lease lease, Duration term, Ready ready) {
        var rules = ready.rules();
        var sight = look(lease, term, ready);
        var plan = certainty.of(Plan.of(sight.world()), sight);
        var minutes = Minutes.of(sight, plan, orders, notes.take(), random);
        if (!minutes.isEmpty()) {
            Journal.log(ledger.write(lease, minutes), sight);
        }
        if (rules.enforce()) {
            lanes.perform(lease, term, sight, plan.steps());
            controlPlane.perform(lease, term, minutes.orders());
        }
        saw(sight, plan);
    }

    private void saw(Sight sight, Plan plan) {
        view = Optional.of(new View(sight.world(), plan, sight.fleet()));
        concerned = sight.concerned();
        busy = busy(sight.world(), concerned);
        problem = Optional.empty();
    }

    /** Looks; what nobody accounts for is written down first, so that the plan counts it as out. */
    private Sight look(Ledger.Lease lease, Duration term, Ready ready) {
        var vms = ready.fleet();
        var rules = ready.rules();
        var sight = lookout.look(vms, ready.open(), rules, term);
        var found = adoption.minutes(sight);
        if (found.isEmpty()) {
            return sight;
        }
        Journal.log(ledger.write(lease, found), sight);
        return lookout.look(vms, ledger.open(), rules, term);
    }

    /**
     * What is to be looked at.
     *
     * @param vms everything whose standing is read: the fleet, and what it lost
     * @param busy the VMs whose readings must stay young: what is decided rests on them, or may
     *     soon
     * @param left the pools that a member was taken out of: the load balancer is asked who is still
     *     listed
     */
    public record Interest(
            List<Inventory.KnownVm> vms, Set<VmId> busy, List<Inventory.KnownPool> left) {}

    /** What is to be looked at, by what the ledger says now and what the last turn saw. */
    public Interest interest(Inventory.Fleet known) {
        var open = ledger.open();
        var pools = new HashSet<PoolId>();
        open.taken().forEach(taken -> pools.add(taken.id().pool()));
        var left = new ArrayList<>(known.pools());
        left.removeIf(pool -> !pools.contains(pool.id()));
        return new Interest(Orphans.join(known, open).vms(), busy, List.copyOf(left));
    }

    private static Set<VmId> busy(World world, Set<VmId> concerned) {
        var busy = new HashSet<>(concerned);
        for (var vm : world.vms()) {
            if (vm.any(member -> !member.isIn())) {
                busy.add(vm.id());
            }
        }
        return busy;
    }

    /** Whether nothing happens to any VM. */
    public boolean isIdle() {
        return view.isPresent() && concerned.isEmpty();
    }

    /** The turn failed for a reason of its own, or none could be taken. */
    void failed(RuntimeException why) {
        problem = Optional.of(String.valueOf(why.getMessage()));
    }

    @Override
    public Optional<View> view() {
        return view;
    }

    /** Whether nothing that was planned is still being asked of the cloud. */
    boolean isAtRest() {
        return lanes.isIdle() && controlPlane.isIdle();
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public List<String> unaccounted() {
        return isPlanner ? adoption.open() : List.of();
    }
}
