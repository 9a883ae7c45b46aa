package io.ebb.orchestrator.control;

import io.ebb.orchestrator.fleet.Agents;
import io.ebb.orchestrator.fleet.Desk;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.Approver;
import io.ebb.orchestrator.pool.CurrentFleet;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Everything of one orchestrator process but its threads, which whoever holds it plays. */
public final class Crew {
    /** The lease's length. */
    public static final Duration TERM = LeaseSettings.DEFAULT.lease();

    final CurrentFleet fleet;
    final Readings readings;
    final Lookout lookout;
    final Lanes lanes;
    final Turn turn;
    private final Ledger ledger;
    private final Desk desk;

    /**
     * A process that has just started.
     *
     * @param executor is handed the writes, and the calls to approve
     * @param nanoTime the monotonic clock
     */
    public Crew(
            Inventory inventory,
            LoadBalancer loadBalancer,
            Approver approver,
            Ledger ledger,
            Rules rules,
            Executor executor,
            LongSupplier nanoTime) {
        this.ledger = ledger;
        fleet = new CurrentFleet(inventory);
        readings = new Readings(loadBalancer, ReadingSettings.DEFAULT);
        var current = new CurrentRules(rules);
        var wake = new Wake();
        var notes = new Notes();
        var hindrances = new Hindrances();
        var underway = new Underway();
        var orders = new Orders(approver);
        lanes =
                new Lanes(
                        loadBalancer,
                        readings,
                        hindrances,
                        ledger,
                        underway,
                        notes,
                        wake,
                        executor,
                        nanoTime);
        var agents = new Agents(ledger);
        lookout = new Lookout(ledger, agents, readings, hindrances, underway);
        var controlPlane = new ControlPlane(approver, ledger, orders, wake, executor, nanoTime);
        turn =
                new Turn(
                        fleet,
                        lookout,
                        readings,
                        ledger,
                        orders,
                        lanes,
                        controlPlane,
                        notes,
                        current);
        desk =
                new Desk(
                        ledger,
                        fleet,
                        agents,
                        new Ports(fleet, readings),
                        new CurrentLeeway(turn, current),
                        current,
                        List.of(new Ears(wake, orders)));
    }

    /**
     * Takes a turn, if the lease is to be had.
     *
     * @return whether it was
     */
    public boolean turn(String owner) {
        var lease = ledger.lease(owner, TERM);
        lease.ifPresent(held -> turn.take(held, TERM));
        return lease.isPresent();
    }

    /** Sees what a turn would see. */
    public void watch() {
        turn.watch(TERM);
    }

    /** Reads what has grown too old. */
    public void look() {
        fleet.get()
                .ifPresent(known -> {
                    var interest = turn.interest(known);
                    if (readings.refresh(interest.vms(), interest.busy(), ledger.now())) {
                        readings.list(interest.left());
                    }
                });
    }

    /** Reads the inventory. */
    public void inventory() {
        fleet.refresh();
    }

    /** Whether nothing happens to any VM. */
    public boolean isIdle() {
        return turn.isIdle();
    }

    /** Takes a report and answers it. */
    public Wish accept(String agent, String json, Report report) {
        return desk.accept(agent, json, report);
    }
}
