package io.ebb.demo.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends a fixed schedule of requests, without waiting for answers before the next is due and
 * without ever repeating one. Each lane runs on a virtual thread of its own.
 */
public final class OpenLoop implements AutoCloseable {
    /** From the time at which a request is due to the end of its answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final InetSocketAddress target;
    private final String host;
    private final Duration timeout;
    private final long start = System.nanoTime();
    private final Instant startedAt = Instant.now();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong scheduled = new AtomicLong();
    private final AtomicLong recorded = new AtomicLong();
    private final List<Thread> lanes;
    private volatile long stop = Long.MAX_VALUE;

    private OpenLoop(InetSocketAddress target, List<Lane> lanes, Duration timeout) {
        this.target = target;
        this.host = target.getAddress().getHostAddress() + ":" + target.getPort();
        this.timeout = timeout;
        this.lanes =
                lanes.stream()
                        .map(lane -> Thread.ofVirtual().name("lane").unstarted(() -> run(lane)))
                        .toList();
    }

    /** Starts sending at once. */
    public static OpenLoop start(InetSocketAddress target, List<Lane> lanes) {
        return start(target, lanes, TIMEOUT);
    }

    static OpenLoop start(InetSocketAddress target, List<Lane> lanes, Duration timeout) {
        var load = new OpenLoop(target, lanes, timeout);
        load.lanes.forEach(Thread::start);
        return load;
    }

    /** What has ended so far. */
    public Result soFar() {
        return new Result(List.copyOf(outcomes));
    }

    /** What has ended since the last time; for a load that is left running for hours. */
    public Result take() {
        var taken = new ArrayList<Outcome>();
        for (var next = outcomes.poll(); next != null; next = outcomes.poll()) {
            taken.add(next);
        }
        return new Result(taken);
    }

    /**
     * Sends nothing that is due later than now, waits for all that was sent, and sums up.
     *
     * @throws IllegalStateException when a request that was due has no outcome
     */
    public Result stop() {
        if (stop == Long.MAX_VALUE) {
            stop = System.nanoTime() - start;
            lanes.forEach(LockSupport::unpark);
        }
        close();
        if (recorded.get() != scheduled.get()) {
            throw new IllegalStateException(
                    "%d requests were due and %d have an outcome"
                            .formatted(scheduled.get(), recorded.get()));
        }
        return soFar();
    }

    @Override
    public void close() {
        if (stop == Long.MAX_VALUE) {
            stop = 0;
            lanes.forEach(LockSupport::unpark);
        }
        try {
            for (var lane : lanes) {
                lane.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lanes.forEach(Thread::interrupt);
            requests.shutdownNow();
        }
        requests.close();
    }

    private void run(Lane lane) {
        var kept = new Kept(lane);
        for (long k = 0; await(lane.due(k)); k++) {
            scheduled.incrementAndGet();
            long due = lane.due(k);
            var ask = lane.ask(k);
            switch (lane.style()) {
                case SHORT -> requests.execute(() -> alone(lane, ask, due));
                case KEEP_ALIVE -> kept.send(ask, due);
            }
        }
        kept.hangUp();
    }

    /** Waits until the time has come; false when the load ends before it. */
    private boolean await(long due) {
        while (due < stop && !Thread.currentThread().isInterrupted()) {
            long left = start + due - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            LockSupport.parkNanos(this, left);
        }
        return false;
    }

    private void alone(Lane lane, Ask ask, long due) {
        long deadline = start + due + timeout.toNanos();
        try (var wire = Wire.open(lane.source(), target, deadline)) {
            record(lane, ask, due, wire.exchange(ask, host, true, deadline));
        } catch (IOException | RuntimeException e) {
            record(lane, ask, due, RequestFailed.of(e));
        }
    }

    private void record(Lane lane, Ask ask, long due, Answer answer) {
        if (answer.status() / 100 == 2) {
            add(lane, ask, due, answer.servedBy(), null, "");
        } else {
            add(lane, ask, due, answer.servedBy(), Failure.STATUS, "status " + answer.status());
        }
    }

    private void record(Lane lane, Ask ask, long due, RequestFailed e) {
        add(lane, ask, due, null, e.failure(), String.valueOf(e.getMessage()));
    }

    private void add(
            Lane lane,
            Ask ask,
            long due,
            @Nullable String servedBy,
            @Nullable Failure failure,
            String detail) {
        recorded.incrementAndGet();
        outcomes.add(
                new Outcome(
                        startedAt.plusNanos(due),
                        lane.source().getHostAddress(),
                        lane.style(),
                        ask,
                        Duration.ofNanos(System.nanoTime() - start - due),
                        servedBy,
                        failure,
                        detail));
    }

    /** The one connection of a keep-alive lane. */
    private final class Kept {
        private final Lane lane;
        private @Nullable Wire wire;

        Kept(Lane lane) {
            this.lane = lane;
        }

        void send(Ask ask, long due) {
            long deadline = start + due + timeout.toNanos();
            if (System.nanoTime() >= deadline) {
                record(lane, ask, due, new RequestFailed(Failure.MISSED_SCHEDULE, "never sent"));
                return;
            }
            try {
                var open = wire == null ? Wire.open(lane.source(), target, deadline) : wire;
                wire = open;
                var answer = open.exchange(ask, host, false, deadline);
                record(lane, ask, due, answer);
                if (answer.close()) {
                    hangUp();
                }
            } catch (IOException | RuntimeException e) {
                record(lane, ask, due, RequestFailed.of(e));
                hangUp();
            }
        }

        void hangUp() {
            var open = wire;
            wire = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    // The request is decided; a socket that cannot be closed changes nothing of it.
                    System.getLogger("ebb.load").log(System.Logger.Level.DEBUG, "closing", e);
                }
            }
        }
    }
}
