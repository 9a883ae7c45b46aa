package io.ebb.integration.scenario;

import io.ebb.demo.fleet.Await;
import io.ebb.demo.fleet.Flows;
import io.ebb.demo.fleet.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Counts the open connections several times a second, as the simulator's load balancer sees. */
public final class FlowCount implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(300);

    private final Queue<Flows> counts = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** Begins to count. */
    public FlowCount(Simulator simulator) {
        thread =
                Thread.ofVirtual()
                        .name("counting flows")
                        .start(() ->
                                Await.until(
                                        Duration.ofHours(1),
                                        STEP,
                                        () -> {
                                            counts.add(simulator.flows());
                                            return closed ? Optional.of(true) : Optional.empty();
                                        }));
    }

    /** All counts so far. */
    public List<Flows> counts() {
        return List.copyOf(counts);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
