package io.ebb.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything an agent sees, whole, each time. Spans are durations, not times, so that the two
 * clocks need not agree.
 *
 * @param agentVersion the agent's version
 * @param vm who is talking
 * @param boot the kernel's boot id; a new one means that the VM restarted
 * @param run a random id of this agent process
 * @param sequence counts up within a run; a report that is older than the last one is dropped
 * @param sentAt the agent's clock
 * @param document the last reading of the Scheduled Events document
 * @param missing events that this run has seen in a document and that the last good readings no
 *     longer show
 * @param ports connections on each watched port; none of them is counted twice
 * @param quiet how long no connection has been counted on any watched port; empty while there is
 *     one, or before the first count
 * @param calm the same for each threshold that the wish asks for; one of which more connections are
 *     counted is absent
 * @param health the application's health
 * @param probe the state of the endpoint that the load balancer's probe may point at; empty when
 *     switched off
 * @param hook what the drain hook did last
 * @param results of the orders that were carried out and not yet acknowledged by their absence from
 *     an answer
 */
public record Report(
        String agentVersion,
        Vm vm,
        String boot,
        String run,
        long sequence,
        Instant sentAt,
        Document document,
        List<Missing> missing,
        List<Port> ports,
        Optional<Duration> quiet,
        List<Calm> calm,
        Health health,
        Optional<Probe> probe,
        Hook hook,
        List<Result> results) {

    public Report {
        missing = List.copyOf(missing);
        ports = List.copyOf(ports);
        calm = List.copyOf(calm);
        results = List.copyOf(results);
    }

    /**
     * The VM as the metadata service describes it ({@code /metadata/instance/compute}); fields that
     * do not apply are empty strings.
     */
    public record Vm(
            String vmId,
            String name,
            String resourceGroup,
            String subscriptionId,
            String resourceId,
            String scaleSet,
            String placementGroupId) {}

    /** Whether a reading brought a document. */
    public enum Reading {
        /** A good document whose text differs from the one before. */
        FRESH,
        /** A good document like the one before, or a 304. */
        UNCHANGED,
        /** No answer, an error, an empty or malformed body: it says nothing about the events. */
        UNKNOWN
    }

    /**
     * The last reading of the Scheduled Events document.
     *
     * @param reading how the last attempt went
     * @param text the last good document, verbatim; when the last attempt brought a malformed one,
     *     that one, so that it is not lost; empty when there was none yet
     * @param age since the last good document was read or confirmed; empty when there was none yet
     * @param good how long every attempt has brought a good document whose incarnation did not
     *     fall; zero when the last attempt was {@link Reading#UNKNOWN}
     * @param goodReads the number of attempts in that streak
     * @param problem what went wrong, in words, when the reading is {@link Reading#UNKNOWN}
     */
    public record Document(
            Reading reading,
            String text,
            Optional<Duration> age,
            Duration good,
            int goodReads,
            Optional<String> problem) {}

    /**
     * An event that this run of the agent has seen and that is no longer in the document.
     *
     * @param eventId as Azure wrote it
     * @param reads consecutive good readings without it, a 304 counted, since it was last seen;
     *     starts again at zero with a reading that is unknown, and the entry is forgotten when the
     *     incarnation falls
     */
    public record Missing(String eventId, int reads) {}

    /**
     * Connections on one watched port.
     *
     * @param port local port; {@link Wish#EVERY_PORT} for all that the VM listens on and that are
     *     not watched by themselves. It is absent while the VM has not listened on any: then flows
     *     that end elsewhere may pass through it, of which the agent knows nothing
     * @param connections those that keep the port from being quiet
     * @param leaking connections in CLOSE_WAIT that have not changed for 60 s; not counted
     * @param remotes the remote addresses that hold most of them, at most five, most first
     */
    public record Port(int port, int connections, int leaking, List<Remote> remotes) {
        public Port {
            remotes = List.copyOf(remotes);
        }
    }

    /** A remote address and how many connections it holds. */
    public record Remote(String address, int connections) {}

    /**
     * Few connections, for some time.
     *
     * @param remaining the threshold
     * @param lasting how long at most so many connections have been counted, on all watched ports
     *     together
     */
    public record Calm(int remaining, Duration lasting) {}

    /**
     * The application's health as the agent checks it.
     *
     * @param healthy result of the last check
     * @param streak consecutive checks with that result in this run
     * @param detail what the last check found, in words
     */
    public record Health(boolean healthy, int streak, String detail) {}

    /**
     * The agent's own probe endpoint.
     *
     * @param port where it listens
     * @param path the path that answers
     * @param passing whether it answers 200 now
     * @param steady how long it has answered so
     */
    public record Probe(int port, String path, boolean passing, Duration steady) {}

    /** What the hooks configured on the VM have done. */
    public enum HookState {
        /** No hook is configured, or none has run in this boot. */
        NONE,
        /** The drain hook succeeded last. */
        DRAINED,
        /** The undrain hook succeeded last. */
        UNDRAINED,
        /** The last hook failed; it is tried again while the wish stands. */
        FAILED
    }

    /** The hooks' state, and what the last one said. */
    public record Hook(HookState state, String detail) {}

    /**
     * The outcome of an order.
     *
     * @param order the order's id
     * @param ok whether the metadata service answered with a 2xx
     * @param detail what happened, in words
     */
    public record Result(String order, boolean ok, String detail) {}
}
