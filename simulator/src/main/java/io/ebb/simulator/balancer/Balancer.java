package io.ebb.simulator.balancer;

import io.ebb.simulator.arm.Membership;
import io.ebb.simulator.arm.Resources;
import io.ebb.simulator.arm.Rule;
import io.ebb.simulator.arm.RuleHealth;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.scenario.LoadBalancer.FlowsOnRemoval;
import io.ebb.simulator.scenario.Scenario;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The data plane: accepts TCP on the frontend and passes it on to members that are in the pool in
 * effect and called up by their probe. All methods may be called from any thread.
 */
public final class Balancer implements RuleHealth, AutoCloseable {
    private final Scenario scenario;
    private final Resources resources;
    private final Record record;
    private final InstantSource time;
    private final Affinity affinity;
    private final Prober prober;
    private final ServerSocket frontend;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** By pool and address, in the order of appearance; guarded by this. */
    private final Map<String, Member> members = new LinkedHashMap<>();

    private final Rotation rotation;

    /**
     * Binds the frontend; nothing is accepted before {@link #start}.
     *
     * @throws IOException if the address is taken
     */
    public Balancer(Scenario scenario, Resources resources, Record record, InstantSource time)
            throws IOException {
        this.scenario = scenario;
        this.resources = resources;
        this.record = record;
        this.time = time;
        this.affinity = new Affinity(scenario.loadBalancer().distribution());
        this.prober = new Prober(scenario.loadBalancer().probe().interval());
        this.rotation = new Rotation(record);
        this.frontend = new ServerSocket();
        frontend.setReuseAddress(true);
        frontend.bind(scenario.loadBalancer().frontend().socketAddress(), 1024);
    }

    /** Probes and accepts from now on. */
    public void start() {
        resources.onEffect(this::follow);
        follow();
        threads.execute(this::accept);
    }

    /** Where clients connect to. */
    public InetSocketAddress address() {
        return (InetSocketAddress) frontend.getLocalSocketAddress();
    }

    /** Breaks off every flow of a machine, which has just gone down. */
    public void resetFlows(String vm) {
        var open = new ArrayList<Flow>();
        synchronized (this) {
            members.values().stream()
                    .filter(m -> m.facts().vm().equalsIgnoreCase(vm))
                    .forEach(m -> open.addAll(m.flows()));
        }
        reset(vm, open);
    }

    /** Every member, and whoever was one. */
    public synchronized List<MemberState> members() {
        return members.values().stream().map(Balancer::state).toList();
    }

    @Override
    public synchronized Verdict of(Membership member) {
        var known = members.get(key(member));
        return known == null ? new Verdict(false, "NA") : known.health();
    }

    /** Catches up with the membership in effect. */
    private void follow() {
        var gone = new ArrayList<Member>();
        synchronized (this) {
            var present = new LinkedHashMap<String, Membership>();
            resources.inEffect().stream()
                    // An interface that belongs to no machine yet.
                    .filter(m -> !m.address().isEmpty())
                    .forEach(m -> present.put(key(m), m));
            members.forEach((key, member) -> {
                if (member.inPool() && !present.containsKey(key)) {
                    member.leave();
                    record.add("memberRemoved", member.facts().vm(), pool(member.facts()));
                    gone.add(member);
                }
            });
            present.forEach(this::admit);
            rotation.update(members.values());
        }
        if (scenario.loadBalancer().flowsOnRemoval() == FlowsOnRemoval.RESET) {
            gone.forEach(member -> reset(member.facts().vm(), flows(member)));
        }
    }

    private void admit(String key, Membership facts) {
        var member = members.computeIfAbsent(key, _ -> new Member(facts));
        if (member.inPool() && member.facts().ruled() == facts.ruled()) {
            member.update(facts);
            return;
        }
        member.enter(facts);
        record.add("memberAdded", facts.vm(), pool(facts));
        long stay = member.stay();
        // A probe belongs to a rule: where no rule leads to the pool, nobody asks.
        if (facts.ruled()) {
            threads.execute(() -> probe(member, stay));
        }
    }

    private void probe(Member member, long stay) {
        var probe = scenario.loadBalancer().probe();
        try {
            while (true) {
                var before = time.instant();
                var answer = prober.probe(member.facts());
                synchronized (this) {
                    if (member.stay() != stay) {
                        return;
                    }
                    boolean wasUp = member.probeUp();
                    member.probed(answer, probe.threshold());
                    if (wasUp != member.probeUp()) {
                        record.add(
                                wasUp ? "probeDown" : "probeUp",
                                member.facts().vm(),
                                pool(member.facts()) + ": " + answer.reason());
                    }
                    rotation.update(members.values());
                }
                var left = probe.interval().minus(Duration.between(before, time.instant()));
                Thread.sleep(left.isNegative() ? Duration.ZERO : left);
            }
        } catch (InterruptedException e) {
            // The balancer closes.
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!frontend.isClosed()) {
            try {
                var client = frontend.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                if (!frontend.isClosed()) {
                    record.add("acceptFailed", "", String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void serve(Socket client) {
        var chosen = open(client);
        if (chosen.isEmpty()) {
            new Flow(client, () -> {}).reset();
            return;
        }
        chosen.get().run();
    }

    /** Choosing and counting are one step: a member that leaves right after finds the flow. */
    private synchronized Optional<Runnable> open(Socket client) {
        var candidates =
                members.values().stream()
                        .filter(Member::takesFlows)
                        .filter(m -> m.facts().rule().filter(Rule::carriesTcp).isPresent())
                        .toList();
        var from = (InetSocketAddress) client.getRemoteSocketAddress();
        var chosen = affinity.choose(candidates, m -> key(m.facts()), from, address());
        return chosen.map(member -> {
            var holder = new Flow[1];
            var flow = new Flow(client, () -> ended(member, holder));
            holder[0] = flow;
            member.opened(flow);
            var port = member.facts().rule().orElseThrow().backendPort();
            var target =
                    new InetSocketAddress(
                            member.facts().address(), port == 0 ? address().getPort() : port);
            return () -> flow.run(target);
        });
    }

    private synchronized void ended(Member member, Flow[] flow) {
        member.ended(flow[0]);
    }

    private synchronized List<Flow> flows(Member member) {
        return member.flows();
    }

    private void reset(String vm, List<Flow> open) {
        if (!open.isEmpty()) {
            open.forEach(Flow::reset);
            record.add("flowsReset", vm, Integer.toString(open.size()));
        }
    }

    private static MemberState state(Member member) {
        var facts = member.facts();
        return new MemberState(
                segment(facts.poolId(), 8),
                segment(facts.poolId(), 10),
                facts.vm(),
                facts.nicId().isEmpty() ? "" : segment(facts.nicId(), 8),
                facts.ipConfiguration(),
                member.inPool(),
                facts.adminState(),
                member.probeUp(),
                member.openFlows(),
                member.totalFlows());
    }

    private static String pool(Membership facts) {
        return segment(facts.poolId(), 8) + "/" + segment(facts.poolId(), 10);
    }

    private static String segment(String id, int index) {
        return id.split("/", -1)[index];
    }

    private static String key(Membership m) {
        return (m.poolId() + "|" + m.vm() + "|" + m.address()).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        try (frontend) {
            threads.shutdownNow();
        } catch (IOException e) {
            record.add("closeFailed", "", String.valueOf(e.getMessage()));
        }
        var open = new ArrayList<Flow>();
        synchronized (this) {
            members.values().forEach(m -> open.addAll(m.flows()));
        }
        open.forEach(Flow::reset);
    }
}
