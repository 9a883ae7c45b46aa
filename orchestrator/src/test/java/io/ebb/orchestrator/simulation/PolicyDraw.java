package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.policy.PolicyDocument;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws policies as operators might write them; none contradicts itself. */
final class PolicyDraw {
    private final Dice dice;

    PolicyDraw(Dice dice) {
        this.dice = dice;
    }

    PolicyDocument next() {
        var pools = new TreeMap<String, SortedMap<String, String>>();
        for (var strategy : Strategy.values()) {
            if (dice.chance(0.2)) {
                pools.put(pool(strategy).name(), pool());
            }
        }
        var rules = new TreeMap<String, SortedMap<String, String>>();
        for (var name : List.of("first", "second")) {
            if (dice.chance(0.35)) {
                rules.put(name, rule());
            }
        }
        return new PolicyDocument(base(), pools, rules);
    }

    /** The pool that offers this way out. */
    static PoolId pool(Strategy strategy) {
        return new PoolId("/lb/backendAddressPools/" + strategy);
    }

    private SortedMap<String, String> base() {
        var said = new TreeMap<String, String>();
        // The defaults are longer than a run.
        say(said, 1, "longest-drain", "20s", "40s", "60s");
        say(said, 1, "margin", "0s", "3s", "8s");
        terms(said, 0.4);
        say(said, 0.3, "healthy", "1", "3", "6");
        say(said, 0.3, "return-within", "1m", "15m");
        say(said, 0.3, "ignore-freezes-up-to", "10s");
        budget(said, 1);
        return said;
    }

    private SortedMap<String, String> pool() {
        var said = new TreeMap<String, String>();
        budget(said, 0.5);
        say(said, 0.3, "strategy", "remove", "quiesce-then-remove", "probe");
        say(said, 0.3, "allow-outbound-loss", "true");
        return said;
    }

    private SortedMap<String, String> rule() {
        var said = new TreeMap<String, String>();
        say(said, 0.9, "types", "freeze", "reboot", "redeploy", "preempt", "reboot,redeploy");
        say(said, 0.2, "expected-up-to", "10s");
        say(said, 0.2, "action", "ignore");
        say(said, 0.2, "longest-drain", "20s", "40s", "60s");
        say(said, 0.2, "margin", "0s", "3s", "8s");
        terms(said, 0.3);
        return said;
    }

    private void terms(SortedMap<String, String> said, double often) {
        say(said, 0.3, "start", "at-once", "at-lead");
        // However they are put together, each is longer than the longest drain and its margin.
        say(said, often, "lead", "70s", "90s", "30m");
        // Flows straggle in for five seconds after a VM left: less than that is no quiet.
        say(said, often, "quiet", "6s", "10s", "15s");
        say(said, often, "remaining", "0", "1", "2");
        say(said, often, "approve", "when-drained", "at-once", "by-operator", "never");
        // Who is asked in one section cannot be passed over in the same.
        if (!List.of("by-operator", "never").contains(said.getOrDefault("approve", ""))) {
            say(said, often, "at-deadline", "approve", "leave");
        }
        say(said, often, "below-minimum", "take-out", "keep-in");
        say(said, often, "unmanaged", "block", "ignore");
        say(said, often, "wait-without-agent", "20s", "40s", "5m");
        say(said, often, "approve-without-agent", "true", "false");
        say(said, often, "without-agent", "probe", "operator");
    }

    private void budget(SortedMap<String, String> said, double often) {
        say(said, often, "minimum", "0", "1", "1", "2", "50%");
        say(said, often, "most-out", "1", "1", "2", "3");
        say(said, often, "domain-together", "true", "false");
    }

    private void say(
            SortedMap<String, String> said, double often, String setting, String... texts) {
        if (dice.chance(often)) {
            said.put(setting, dice.pick(List.of(texts)));
        }
    }
}
