package io.ebb.agent.connections;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ports behind a watch of every port. An application that is told to let go often stops
 * listening first, so a port is counted for one more sample, and after that until its connections
 * are gone.
 */
final class EveryPort {
    private final Listening listening;
    private Set<Integer> kept = Set.of();
    private Set<Integer> covered = Set.of();
    private Set<Integer> next = Set.of();
    private boolean found;

    /** Covers nothing yet. */
    EveryPort(Listening listening) {
        this.listening = listening;
    }

    /**
     * Before a sample: finds the ports of which it is to count connections.
     *
     * @throws IOException when the kernel's tables cannot be read
     */
    void look() throws IOException {
        next = listening.ports();
        covered = new TreeSet<>(kept);
        covered.addAll(next);
    }

    /** Every port is not watched any more: covers nothing. */
    void forget() {
        kept = Set.of();
        covered = Set.of();
        next = Set.of();
        found = false;
    }

    /** Whether connections on this port count. */
    boolean covers(int port) {
        return covered.contains(port);
    }

    /** A connection on this port was found. */
    void found(int port) {
        if (covers(port)) {
            next.add(port);
        }
    }

    /** After a sample that did not fail. */
    void sampled() {
        kept = next;
        found |= !kept.isEmpty();
    }

    /** Whether the VM has not been seen to listen on any port, so that nothing is known of any. */
    boolean isBlind() {
        return !found;
    }
}
