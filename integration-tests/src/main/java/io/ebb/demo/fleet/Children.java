package io.ebb.demo.fleet;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * All processes that were started here and may still run. Closing it stops them, the last one
 * first; after that none can be started, so that nothing is left behind by a fleet that is
 * interrupted while it comes up.
 */
public final class Children implements AutoCloseable {
    private final Deque<Child> running = new ArrayDeque<>();
    private boolean closed;

    synchronized Child start(
            String name, List<String> command, Map<String, String> environment, Path log) {
        if (closed) {
            throw new FleetException("stopping, so the " + name + " is not started");
        }
        var child = Child.start(name, command, environment, log);
        running.push(child);
        return child;
    }

    /** Stops one of them. */
    void stop(Child child) {
        child.stop();
        synchronized (this) {
            running.remove(child);
        }
    }

    /** Whether everything is being stopped for good. */
    public synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!running.isEmpty()) {
            running.pop().stop();
        }
    }
}
