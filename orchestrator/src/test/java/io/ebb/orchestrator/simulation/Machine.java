package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A VM as it truly is: whether it runs, how it feels, its connections, its probe. */
final class Machine {
    /** An agent that was not heard for so long is silent, and its VM not drained. */
    static final long UNHEARD = 15_000;

    /** An order that another agent already has is carried out within this time. */
    static final long WITHDRAWING = 4_000;

    /** For so long after a VM left rotation a flow may still be sent to it. */
    private static final long STRAGGLERS = 5000;

    private record Flip(long at, boolean up) {}

    final VmId id;
    final String name;
    final String scope;
    final Optional<String> domain;

    private final Clockwork clock;
    private final Dice dice;
    private final Map<PoolId, MemberId> members = new HashMap<>();
    private final List<Flip> flips = new ArrayList<>();
    private final List<Long> flows = new ArrayList<>();
    private long downUntil = -1;
    private long frozenUntil = -1;
    private long sickUntil = -1;
    private long wellSince = -1;
    private long unwellSince = -1;
    private long probeWrongSince = -1;
    private long flowsUntil;
    private long servedAt = -STRAGGLERS;
    private long agentStart = -UNHEARD;
    private long agentHeard = -WITHDRAWING;
    private long restedAt;
    private long heardAt;
    private long silence;
    private long silenceEnd;
    private int boots;

    Machine(int number, String scope, Optional<String> domain, Clockwork clock, Dice dice) {
        this.id = new VmId("vm-" + number);
        this.name = "web-" + number;
        this.scope = scope;
        this.domain = domain;
        this.clock = clock;
        this.dice = dice;
        flips.add(new Flip(-1_000_000, true));
    }

    /** Its place in a pool. */
    MemberId member(PoolId pool) {
        return members.computeIfAbsent(
                pool, _ -> new MemberId(id, pool, "/nic/" + id + "/ipConfigurations/ip"));
    }

    boolean isUp() {
        return downUntil <= clock.now();
    }

    /** Up, and not held by a freeze. */
    boolean isRunning() {
        return isUp() && frozenUntil <= clock.now();
    }

    boolean isWell() {
        return isRunning() && sickUntil <= clock.now();
    }

    int boots() {
        return boots;
    }

    /** Goes down for so long, and boots. */
    void reboot(long millis) {
        clock.tell("%s goes down for %d ms", name, millis);
        downUntil = Math.max(downUntil, clock.now() + millis);
        sickUntil = Math.max(sickUntil, downUntil + dice.between(500, 6000));
        flowsUntil = clock.now();
        flows.clear();
        boots++;
    }

    void freeze(long millis) {
        clock.tell("%s freezes for %d ms", name, millis);
        frozenUntil = Math.max(frozenUntil, clock.now() + millis);
    }

    void sicken(long millis) {
        clock.tell("%s is unhealthy for %d ms", name, millis);
        sickUntil = Math.max(sickUntil, clock.now() + millis);
    }

    /** Its agent starts anew. */
    void agentStarted() {
        agentStart = clock.now();
        agentHeard = Long.MAX_VALUE - WITHDRAWING;
    }

    /** A report of the agent as it now runs was taken. */
    void agentHeard() {
        agentHeard = Math.min(agentHeard, clock.now());
    }

    /** Any report of its agent was taken. */
    void heard() {
        if (clock.now() - heardAt > UNHEARD) {
            silence = clock.now() - heardAt;
            silenceEnd = clock.now();
        }
        heardAt = clock.now();
    }

    /** Whether its agent has been silent for so long, or was until a moment ago. */
    boolean isSilentFor(long millis, long moment) {
        return clock.now() - heardAt >= millis
                || (silence >= millis && silenceEnd + moment > clock.now());
    }

    /** For how long it has received new flows; zero when it does not. */
    long servingFor() {
        return clock.now() - restedAt;
    }

    /** Whether its agent started a moment ago and nobody can have heeded what it says. */
    boolean isAgentUnheard() {
        return agentStart + UNHEARD > clock.now() && agentHeard + WITHDRAWING > clock.now();
    }

    /** A second passes. */
    void tick(boolean answersProbe, boolean serving) {
        servedAt = serving ? clock.now() : servedAt;
        restedAt = serving ? restedAt : clock.now();
        // Not every node of a load balancer learns at once who is out.
        var isReached = serving || (servedAt + STRAGGLERS > clock.now() && dice.chance(0.5));
        if (isReached && isUp() && dice.chance(0.7)) {
            var end = clock.now() + dice.between(200, 9000);
            flowsUntil = Math.max(flowsUntil, end);
            flows.removeIf(other -> other <= clock.now());
            flows.add(end);
        }
        if (isWell()) {
            unwellSince = -1;
            wellSince = wellSince < 0 ? clock.now() : wellSince;
        } else {
            wellSince = -1;
            unwellSince = unwellSince < 0 ? clock.now() : unwellSince;
        }
        probe(isRunning() && answersProbe);
    }

    /** The load balancer's probe asks every five seconds. */
    private void probe(boolean up) {
        if (up == isProbeUp()) {
            probeWrongSince = -1;
            return;
        }
        probeWrongSince = probeWrongSince < 0 ? clock.now() : probeWrongSince;
        if (dice.chance(0.3) || clock.now() - probeWrongSince >= 4000) {
            flips.add(new Flip(clock.now(), up));
            probeWrongSince = -1;
            clock.tell("the probe of %s is %s", name, up ? "up" : "down");
        }
    }

    boolean isProbeUp() {
        return flips.getLast().up();
    }

    /** What the probe said at an earlier time. */
    boolean wasProbeUp(long at) {
        for (var i = flips.size() - 1; i >= 0; i--) {
            if (flips.get(i).at() <= at) {
                return flips.get(i).up();
            }
        }
        return true;
    }

    /** How long it has not been well; zero when it is. */
    long unwellFor() {
        return unwellSince < 0 ? 0 : clock.now() - unwellSince;
    }

    boolean hasFlows() {
        return flowsUntil > clock.now();
    }

    int flows() {
        var count = 0;
        if (hasFlows()) {
            for (var end : flows) {
                count += end > clock.now() ? 1 : 0;
            }
        }
        return count;
    }

    long flowsUntil() {
        return flowsUntil;
    }

    void cutFlows() {
        flowsUntil = Math.min(flowsUntil, clock.now());
        flows.clear();
    }
}
