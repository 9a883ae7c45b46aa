package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.fleet.Reports;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import io.ebb.protocol.Wish;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A house whose agents all report in step, so that a test says only what is special. */
final class Drill {
    static final Duration SECOND = Duration.ofSeconds(1);

    /** So often do the agents report while time passes. */
    private static final Duration STEP = Duration.ofSeconds(4);

    /** Long enough to be drained in; an order that nobody answers passes on later. */
    private static final Duration WHILE = Duration.ofSeconds(40);

    private final int size;
    final House house;

    Drill(int size) {
        this(size, Rules.of(true, _ -> Terms.DEFAULT, PoolRule.DEFAULT));
    }

    Drill(int size, Rules rules) {
        this.size = size;
        house = new House(size, rules);
        house.after(SECOND);
    }

    /** An event of 17:15, a quarter of an hour from the start. */
    static String scheduled(String id, String... vms) {
        return Reports.event(id, "Scheduled", "Fri, 20 Nov 2026 17:15:00 GMT", vms);
    }

    static String started(String id, String... vms) {
        return Reports.event(id, "Started", "", vms);
    }

    /** Each agent reports. */
    void tell(IntFunction<Reports> each) {
        for (var i = 0; i < size; i++) {
            house.report(each.apply(i));
        }
    }

    /** Each agent sees these events; nobody has connections. */
    void see(String... events) {
        tell(i -> House.web(i).sees(events));
    }

    /** One agent reports that it sees these events, and hears its wish. */
    Wish wish(int vm, String... events) {
        return house.report(House.web(vm).sees(events));
    }

    /** What the agents are told to approve, all of them together. */
    List<Wish.Approve> orders(String... events) {
        return IntStream.range(0, size)
                .mapToObj(vm -> wish(vm, events).approve())
                .flatMap(List::stream)
                .toList();
    }

    /** Time passes in which each agent reports so every few seconds. */
    void pass(Duration time, IntFunction<Reports> each) {
        for (var left = time; left.isPositive(); left = left.minus(STEP)) {
            tell(each);
            house.after(left.compareTo(STEP) < 0 ? left : STEP);
        }
        tell(each);
        house.after(SECOND);
    }

    /** Time passes in which all agents see these events. */
    void pass(Duration time, String... events) {
        pass(time, i -> House.web(i).sees(events));
    }

    /** The load balancer's probe notices that these agents fail it, or pass it again. */
    void probed(Verdict verdict, int... vms) {
        Arrays.stream(vms).forEach(vm -> house.cloud.verdict(House.vm(vm), verdict));
    }

    /** These VMs are drained for these events. */
    void drain(int[] vms, String... events) {
        pass(SECOND, events);
        probed(Verdict.DOWN, vms);
        pass(WHILE, events);
    }

    /** Time passes in which all agents miss this event and are healthy. */
    void miss(String id, Duration time) {
        pass(time, i -> House.web(i).misses(id, 3));
    }

    boolean isIn(int vm) {
        return house.cloud.isIn(House.vm(vm));
    }
}
