package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.control.Crew;
import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.Inventory.Probe;
import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** One run: a world of its own, a while of trouble, then calm, then the reckoning. */
final class Run {
    private static final long TROUBLE = 100_000;
    private static final long CALM = 900_000;

    private final Mutant mutant;
    private final Clockwork clock;
    private final Dice dice;
    private final Ledger ledger;
    private final Azure azure;
    private final Rulebook rules;
    private final Operators operators;
    private final Policies policies;
    private final Rules settings;
    private final Map<Machine, AgentProcess> agents = new LinkedHashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private int started;
    private boolean settled;

    Run(long seed, Stores stores, Mutant mutant, boolean tells) {
        this.mutant = mutant;
        clock = new Clockwork(tells);
        dice = new Dice(seed);
        policies = new Policies(seed, clock);
        ledger = stores.of(seed, clock);
        var machines = new ArrayList<Machine>();
        var size = 3 + dice.below(3);
        for (var i = 0; i < size; i++) {
            var alone = i == size - 1 && dice.chance(0.3);
            var scope = alone ? "/vm/web-" + i : "/availabilitysets/web";
            var domain = alone ? Optional.<String>empty() : policies.domain(i);
            machines.add(new Machine(i, scope, domain, clock, dice));
        }
        azure = new Azure(clock, dice, pools(), machines);
        var minimum = 1 + dice.below(2);
        var mostOut = 1 + dice.below(2);
        var budget = new PoolRule(Optional.empty(), minimum, false, mostOut, false, false);
        settings = Policies.misread(policies.begin(budget), mutant);
        operators = new Operators(clock, dice, ledger, machines);
        rules = new Rulebook(clock, dice, azure, ledger, policies, operators);
        for (var machine : machines) {
            agents.put(
                    machine,
                    new AgentProcess(
                            machine, rules.maintenance(), clock, dice, mutant, this::deliver));
        }
    }

    /** A pool for each way out, one or two of them. */
    private List<KnownPool> pools() {
        var probe = new Probe("Http", 8090, "/healthz", 5, 1);
        var all =
                List.of(
                        pool(Strategy.QUIESCE_THEN_REMOVE, 8080, List.of(probe), Optional.empty()),
                        pool(Strategy.REMOVE, 8081, List.of(), Optional.empty()),
                        pool(Strategy.PROBE, 8082, List.of(probe), Optional.of("its way out")));
        var first = dice.below(3);
        return dice.chance(0.6)
                ? List.of(all.get(first))
                : List.of(all.get(first), all.get((first + 1) % 3));
    }

    private static KnownPool pool(
            Strategy strategy, int port, List<Probe> probes, Optional<String> outbound) {
        var id = PolicyDraw.pool(strategy);
        return new KnownPool(
                id, id.value(), List.of(port), false, probes, !probes.isEmpty(), outbound);
    }

    /** Lives through it. */
    void live() {
        sites.add(start("a"));
        if (dice.chance(0.4)) {
            sites.add(start("b"));
        }
        clock.in(0, this::second);
        plot();
        clock.until(() -> clock.now() >= TROUBLE);
        clock.tell("the world calms down");
        dice.calm();
        agents.values().forEach(AgentProcess::repent);
        clock.until(() -> clock.now() >= TROUBLE + CALM || settled);
        rules.end();
    }

    /** Asked once a second: it looks at everything. */
    private boolean isSettled() {
        var open = ledger.open();
        return rules.maintenance().isOver()
                && open.drains().isEmpty()
                && open.taken().isEmpty()
                && open.events().isEmpty();
    }

    private Site start(String name) {
        var owner = name + ++started;
        return new Site(
                owner,
                clock,
                dice,
                site -> {
                    var guarded = new GuardedLedger(ledger, azure, dice, mutant, site, rules);
                    var cloud = new Connection(azure, clock, dice, mutant, site, rules);
                    return executor ->
                            new Crew(
                                    cloud,
                                    cloud,
                                    new Acknowledging(clock, dice, site, rules),
                                    guarded,
                                    settings,
                                    executor,
                                    () -> clock.now() * 1_000_000);
                },
                () -> died(name));
    }

    private void died(String name) {
        if (mutant == Mutant.FORGETS_WHEN_KILLED) {
            forget();
        }
        clock.in(
                dice.between(500, 15_000),
                () -> {
                    sites.removeIf(Site::isDead);
                    sites.add(start(name));
                });
    }

    private void forget() {
        var later = Duration.ofDays(1);
        ledger.lease("", Duration.ZERO);
        var rows = ledger.open().taken().stream().map(Ledger.TakenMember::id).toList();
        var none =
                new Ledger.Turn(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        OptionalLong.empty());
        clock.in(
                10_500,
                () ->
                        ledger.lease("nobody", later)
                                .ifPresent(lease -> {
                                    ledger.write(lease, Mutant.with(none, List.of(), rows));
                                    ledger.release(lease);
                                }));
    }

    private Optional<Wish> deliver(String agent, String json, Report report) {
        var answering = new ArrayList<>(sites);
        answering.removeIf(site -> !site.answers());
        return answering.isEmpty()
                ? Optional.empty()
                : dice.pick(answering).accept(agent, json, report);
    }

    private void second() {
        agents.forEach((machine, agent) -> {
            var serves = azure.serves(machine);
            machine.tick(agent.answersProbe(), serves);
            if (!serves) {
                rules.tally().rests(machine.id);
            }
            agent.tick();
        });
        rules.tick();
        settled = clock.now() >= TROUBLE && isSettled();
        clock.in(1000, this::second);
    }

    /** What happens when, in the time of trouble. */
    private void plot() {
        operators.plot(TROUBLE);
        policies.plot(TROUBLE, ledger, operators);
        var machines = azure.machines();
        for (var i = 1 + dice.below(3); i > 0; i--) {
            clock.in(dice.between(3000, 75_000), this::announce);
        }
        if (dice.fault(0.2)) {
            var liar = dice.pick(machines);
            clock.in(dice.between(3000, 60_000), () -> lie(liar));
        }
        for (var machine : machines) {
            if (dice.fault(0.1)) {
                clock.in(
                        dice.between(3000, TROUBLE),
                        () -> machine.reboot(dice.between(3000, 20_000)));
            }
            if (dice.fault(0.15)) {
                clock.in(
                        dice.between(3000, TROUBLE),
                        () -> machine.sicken(dice.between(5000, 90_000)));
            }
            if (dice.fault(0.15)) {
                clock.in(dice.between(0, TROUBLE), () -> meddle(machine, false));
            }
            if (dice.fault(0.05)) {
                clock.in(dice.between(0, TROUBLE), () -> meddle(machine, true));
            }
        }
        if (!policies.isUsual() && dice.fault(0.15)) {
            clock.in(
                    dice.between(0, TROUBLE),
                    () -> azure.muteHealth(dice.between(10_000, 180_000)));
        }
    }

    private void announce() {
        var machine = dice.pick(azure.machines());
        if (machine.domain.isPresent() && dice.chance(0.5)) {
            rules.maintenance()
                    .announceTogether(
                            azure.machines().stream()
                                    .filter(other -> other.domain.equals(machine.domain))
                                    .toList());
        } else {
            rules.maintenance().announce(scope(machine));
        }
    }

    private List<Machine> scope(Machine of) {
        return azure.machines().stream().filter(m -> m.scope.equals(of.scope)).toList();
    }

    /** An agent says that everybody is about to go down. */
    private void lie(Machine liar) {
        var event =
                new Announced(
                        AgentProcess.lieOf(liar),
                        EventType.REBOOT,
                        scope(liar),
                        false,
                        clock.now() + dice.between(15_000, 40_000),
                        -1,
                        0);
        clock.tell("the agent of %s lies", liar.name);
        Objects.requireNonNull(agents.get(liar)).lie(event);
    }

    private void meddle(Machine machine, boolean in) {
        var member = Azure.member(machine, dice.pick(azure.pools()).id());
        var isEbbs = ledger.open().taken().stream().anyMatch(row -> row.id().equals(member));
        azure.meddle(member, in, isEbbs ? Azure.Owner.EITHER : Azure.Owner.OTHERS);
        rules.meddled(machine.id);
    }

    /** What its drains cost. */
    List<Tally.Cost> costs() {
        var costs = rules.tally().costs(ledger, rules.maintenance());
        return policies.isUsual()
                ? costs
                : costs.stream().map(cost -> cost.as("another policy")).toList();
    }

    /** What happened, in order. */
    List<String> story() {
        return clock.story();
    }
}
