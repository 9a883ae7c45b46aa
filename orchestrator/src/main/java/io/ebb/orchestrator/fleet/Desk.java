package io.ebb.orchestrator.fleet;

import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Heard;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.Order;
import io.ebb.orchestrator.ledger.Ledger.Standing;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.pool.CurrentFleet;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes reports and answers them from the ledger alone, so that any replica may, and so that a wish
 * survives the restart of the one who decided it.
 */
@Singleton
public final class Desk implements Reception {
    /** How often an agent reports while an event is open in its scope. */
    static final Duration BUSY = Duration.ofSeconds(1);

    /** How often it reports while nothing is up. */
    static final Duration IDLE = Duration.ofSeconds(10);

    /** An agent that was not heard for longer begins a new streak. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private final Ledger ledger;
    private final CurrentFleet fleet;
    private final Agents agents;
    private final WatchedPorts ports;
    private final Leeway leeway;
    private final CurrentRules rules;
    private final List<ReportListener> listeners;

    /** Is told of each report that was taken. */
    public interface ReportListener {
        /** An agent was heard. */
        void heard();

        /** An approve order was not carried out. */
        void failed(String order, Instant now);
    }

    public Desk(
            Ledger ledger,
            CurrentFleet fleet,
            Agents agents,
            WatchedPorts ports,
            Leeway leeway,
            CurrentRules rules,
            List<ReportListener> listeners) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.agents = agents;
        this.ports = ports;
        this.leeway = leeway;
        this.rules = rules;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public Wish accept(String agent, String json, Report report) {
        var inventory =
                fleet.get()
                        .orElseThrow(() ->
                                new NotReadyException(
                                        "the inventory has not been read yet; try again"));
        var vm = find(inventory, agent, report);
        var events = agents.remember(vm.id(), json, report);
        var taken = ledger.heard(heard(vm, json, report));
        if (taken) {
            report.results().forEach(this::result);
            listeners.forEach(ReportListener::heard);
        }
        return wish(vm, report, !events.isEmpty());
    }

    /** The token says which VM is talking; the report must be that VM's. */
    private static Inventory.KnownVm find(Inventory.Fleet inventory, String agent, Report report) {
        var said = report.vm().vmId();
        Optional<Inventory.KnownVm> namesake = Optional.empty();
        for (var known : inventory.vms()) {
            if (known.name().equalsIgnoreCase(agent)) {
                if (known.id().value().equalsIgnoreCase(said)) {
                    return known;
                }
                namesake = namesake.or(() -> Optional.of(known));
            }
        }
        throw new RefusedException(
                namesake.map(vm ->
                                "the token of %s (vmId %s) was shown by vmId %s"
                                        .formatted(agent, vm.id(), said))
                        .orElse("VM %s is not in the inventory".formatted(agent)));
    }

    private Heard heard(Inventory.KnownVm vm, String json, Report report) {
        var now = ledger.now();
        return new Heard(
                vm.id(),
                vm.name(),
                report.run(),
                report.boot(),
                report.sequence(),
                json,
                now,
                healthySince(vm, report, now));
    }

    /** A streak survives from report to report, but no silence, no new run and no new boot. */
    private Optional<Instant> healthySince(Inventory.KnownVm vm, Report report, Instant now) {
        if (!report.health().healthy()) {
            return Optional.empty();
        }
        return ledger.agent(vm.id())
                .filter(before -> before.boot().equals(report.boot()))
                .filter(before -> before.run().equals(report.run()))
                .filter(before -> before.at().plus(SILENCE).isAfter(now))
                .flatMap(Heard::healthySince)
                .or(() -> Optional.of(now));
    }

    private void result(Report.Result result) {
        ledger.result(result.order(), result.ok(), result.detail());
        if (!result.ok()) {
            listeners.forEach(listener -> listener.failed(result.order(), ledger.now()));
        }
    }

    private Wish wish(Inventory.KnownVm vm, Report report, boolean seesEvents) {
        var standing = ledger.standing(vm.id());
        var now = ledger.now();
        var taken = standing.taken().stream().map(row -> row.id().pool()).toList();
        var watch = ports.of(vm.id(), taken).orElseGet(() -> watched(report));
        return new Wish(
                seesEvents || isBusy(report, standing) || !watch.equals(watched(report))
                        ? BUSY
                        : IDLE,
                watch,
                rules.now().ignoreSources(),
                rules.now().remaining(),
                !isQuiesced(standing),
                leeway.of(vm.id()),
                hook(report, standing),
                orders(report, standing).stream()
                        .map(order ->
                                new Wish.Approve(
                                        order.id(),
                                        order.eventId(),
                                        Duration.between(now, order.until())))
                        .toList());
    }

    /**
     * An agent that passes the probe which it is to fail may be in rotation: it approves nothing.
     */
    private static List<Order> orders(Report report, Standing standing) {
        var defies =
                isQuiesced(standing) && report.probe().filter(Report.Probe::passing).isPresent();
        return defies ? List.of() : standing.orders();
    }

    private static boolean isBusy(Report report, Standing standing) {
        return !standing.taken().isEmpty() || !report.missing().isEmpty();
    }

    private static List<Integer> watched(Report report) {
        return report.ports().stream().map(Report.Port::port).toList();
    }

    private static boolean isQuiesced(Standing standing) {
        for (var taken : standing.taken()) {
            if (taken.intent() != Intent.RETURN && !taken.strategy().equals("REMOVE")) {
                return true;
            }
        }
        return false;
    }

    /** The application lets go while a member is out, and takes hold before it goes back. */
    private static Wish.Hook hook(Report report, Standing standing) {
        if (standing.taken().stream().anyMatch(taken -> !taken.intent().isBack())) {
            return Wish.Hook.DRAIN;
        }
        if (!standing.taken().isEmpty()) {
            return Wish.Hook.UNDRAIN;
        }
        return switch (report.hook().state()) {
            case DRAINED, FAILED -> Wish.Hook.UNDRAIN;
            case NONE, UNDRAINED -> Wish.Hook.NONE;
        };
    }
}
