package io.ebb.demo;

import io.ebb.demo.fleet.Announced;
import io.ebb.demo.fleet.Flows;
import io.ebb.demo.fleet.Happening;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows the simulator: keeps its record and, five times a second, the number of connections open
 * to each VM, and tells both as they come.
 */
final class CloudWatch implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration PACE = Duration.ofSeconds(1);

    private final Simulator simulator;
    private final Narrator narrator;
    private final Map<String, String> vmOf = new ConcurrentHashMap<>();
    private final List<Happening> record = new ArrayList<>();
    private final List<Flows> flows = new ArrayList<>();
    private final Map<String, Integer> toldFlows = new HashMap<>();
    private final Map<String, Instant> toldAt = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    CloudWatch(Simulator simulator, Narrator narrator) {
        this.simulator = simulator;
        this.narrator = narrator;
        // What was before is how the VMs first came up.
        record.addAll(simulator.record(0));
        thread = Thread.ofVirtual().start(this::run);
    }

    /** Announces an event, and tells so. */
    String announce(String type, String vm, Duration notice, Duration impact) {
        var id = simulator.announce(type, vm, notice, impact);
        int open = simulator.flows().of(vm);
        tell(id, vm, open);
        narrator.say(
                "azure",
                vm,
                "%s announced, not before %d s from now; %d connections are open"
                        .formatted(type, notice.toSeconds(), open));
        return id;
    }

    private synchronized void tell(String id, String vm, int open) {
        vmOf.put(id, vm);
        toldFlows.put(vm, open);
        toldAt.put(vm, Instant.now());
    }

    /** The event as it stands. */
    Optional<Announced> event(String id) {
        return simulator.events().stream().filter(event -> event.id().equals(id)).findFirst();
    }

    /** Whether the event is over and its VMs are in rotation again. */
    boolean over(String id) {
        return event(id)
                .filter(event -> event.goneAt().isPresent())
                .filter(event -> event.vms().stream().allMatch(simulator::inRotation))
                .isPresent();
    }

    synchronized List<Happening> record() {
        return List.copyOf(record);
    }

    synchronized List<Flows> flows() {
        return List.copyOf(flows);
    }

    private void run() {
        while (!closed) {
            try {
                look();
            } catch (UncheckedIOException e) {
                // One look less. What it would have told is in the next one, or the simulator
                // ended.
                narrator.say("demo", "", "the simulator does not answer: " + e.getMessage());
                LockSupport.parkNanos(PACE.toNanos());
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** Reads everything that is new. */
    synchronized void look() {
        var now = simulator.flows();
        flows.add(now);
        long last = record.isEmpty() ? 0 : record.getLast().sequence();
        for (var happening : simulator.record(last)) {
            record.add(happening);
            tell(happening, now);
        }
        Site.VMS.forEach(vm -> count(vm, now));
    }

    /** Tells the open connections of a VM with an event, as they fall. */
    private void count(String vm, Flows now) {
        int open = now.of(vm);
        if (!vmOf.containsValue(vm) || Integer.valueOf(open).equals(toldFlows.get(vm))) {
            return;
        }
        boolean falls = open < toldFlows.getOrDefault(vm, Integer.MAX_VALUE);
        boolean due = now.at().isAfter(toldAt.getOrDefault(vm, Instant.MIN).plus(PACE));
        if (falls && (due || open == 0)) {
            toldFlows.put(vm, open);
            toldAt.put(vm, now.at());
            narrator.say(now.at(), "azure", vm, open + " connections open");
        }
    }

    private void tell(Happening happening, Flows now) {
        var vm = vmOf.getOrDefault(happening.subject(), happening.subject());
        var text =
                switch (happening.kind()) {
                    case "eventApproved" -> "approved with " + now.of(vm) + " connections open";
                    case "eventStarted" -> "the event starts";
                    case "eventGone" -> "the event is over";
                    case "vmStopped" -> "the VM is down";
                    case "vmStarted" -> "the VM is up";
                    case "vmFrozen" -> "the VM is frozen";
                    case "vmThawed" -> "the VM goes on";
                    case "memberRemoved" -> "left the pool";
                    case "memberAdded" -> "joined the pool";
                    case "outOfRotation" -> "out of rotation";
                    case "inRotation" -> "in rotation";
                    default -> "";
                };
        if (!text.isEmpty()) {
            narrator.say(happening.at(), "azure", vm, text);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
