package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.TermsOf;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.Occasion;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the operators of a run want. Half of the runs have the usual policy; the others draw one,
 * and some revise it. Their chance is a stream of its own, so that a choice more or less here
 * leaves everything else of a run as it was.
 */
final class Policies {
    private static final long STREAM = 0x706f6c6963696573L;

    private static final Terms USUAL =
            TermsOf.defaults()
                    .times(Duration.ofSeconds(60), Duration.ofSeconds(8), Duration.ofSeconds(10))
                    .build();
    private static final Terms OF_FREEZES =
            TermsOf.like(USUAL).belowMinimum(Terms.BelowMinimum.KEEP_IN).build();

    private record Version(long from, Rules rules) {}

    private final Clockwork clock;
    private final Dice dice;
    private final PolicyDraw draw;
    private final boolean usual;
    private final int domains;
    private final List<Version> versions = new ArrayList<>();

    Policies(long seed, Clockwork clock) {
        this.clock = clock;
        this.dice = new Dice(seed ^ STREAM);
        this.draw = new PolicyDraw(dice);
        this.usual = dice.chance(0.5);
        this.domains = usual || dice.chance(0.4) ? 0 : 1 + dice.below(3);
    }

    /** Puts the first policy in force, and returns it; the usual one with this budget. */
    Rules begin(PoolRule budget) {
        var rules = Rules.of(true, Policies::usual, budget);
        if (!usual) {
            var document = draw.next().write();
            clock.tell("the policy is %s", document);
            rules = new CurrentRules(rules).read(document);
        }
        versions.add(new Version(0, rules));
        return rules;
    }

    private static Terms usual(Occasion occasion) {
        return occasion.type() == EventType.FREEZE ? OF_FREEZES : USUAL;
    }

    /** The same as a process that is wrong in this way understands them. */
    static Rules misread(Rules rules, Mutant mutant) {
        var pools = new HashMap<>(rules.pools());
        pools.replaceAll((_, pool) -> mutant.pool(pool));
        return new Rules(
                rules.modes(),
                occasion -> mutant.terms(rules.policy().terms(occasion)),
                rules.healthyChecks(),
                rules.returnWithin(),
                rules.ignoreSources(),
                rules.remaining(),
                mutant.pool(rules.pool()),
                pools);
    }

    boolean isUsual() {
        return usual;
    }

    /** The update domain of a VM of the availability set, if this run tells them apart. */
    Optional<String> domain(int number) {
        return domains == 0 ? Optional.empty() : Optional.of("domain-" + number % domains);
    }

    /** How many seconds Azure expects an event to last; -1: it does not know. */
    int expected() {
        return usual ? -1 : dice.pick(List.of(-1, -1, 5, 9, 30));
    }

    /** Operators approve now and then, and change their mind about the policy. */
    void plot(long trouble, Ledger ledger, Operators operators) {
        if (usual) {
            return;
        }
        for (var i = dice.below(4); i > 0; i--) {
            clock.in(dice.between(5000, trouble - 45_000), () -> operators.approve(dice));
        }
        for (var i = dice.chance(0.3) ? 1 + dice.below(2) : 0; i > 0; i--) {
            clock.in(dice.between(0, trouble), () -> revise(ledger));
        }
    }

    private void revise(Ledger ledger) {
        var document = draw.next().write();
        var before = ledger.policy().map(Ledger.PolicyVersion::version).orElse(0);
        ledger.revise(before, document, "ann", "another mind");
        clock.tell("the policy is revised: %s", document);
        versions.add(new Version(clock.now(), new CurrentRules(now()).read(document)));
    }

    /** Those in force. */
    Rules now() {
        return versions.getLast().rules();
    }

    /** Those in force, and before them those that were not so long ago. */
    List<Rules> lately(long millis) {
        var lately = new ArrayList<Rules>();
        var end = Long.MAX_VALUE;
        for (var version : versions.reversed()) {
            if (end > clock.now() - millis) {
                lately.add(version.rules());
            }
            end = version.from();
        }
        return lately;
    }

    /** What they say for an event; no terms that are drawn differ from pool to pool. */
    static Terms terms(Rules rules, EventType type, Optional<Duration> expected) {
        return rules.policy().terms(new Occasion(type, "Platform", expected, Set.of()));
    }
}
