package io.ebb.protocol;

import java.time.Duration;
import java.util.List;

/**
 * The orchestrator's whole current wish to one agent; it replaces the one before.
 *
 * @param nextReport when to report again, unless something changes earlier
 * @param watch local ports whose connections are counted; {@link #EVERY_PORT} among them stands for
 *     every other one that the VM listens on
 * @param ignoreSources ranges of remote addresses, in CIDR notation, whose connections are not
 *     counted, in addition to those that the agent leaves out by its own setting
 * @param remaining thresholds of at least 1: for each, how long at most so many connections have
 *     been counted is reported as {@link Report.Calm}
 * @param passProbe false: fail the load balancer's probe, so that no new flow arrives
 * @param alone types of events, in Azure's words, before which this VM may fail the probe without
 *     being told, when waiting for the orchestrator would be too late
 * @param hook which of the VM's hooks must have been run
 * @param approve approvals to carry out
 */
public record Wish(
        Duration nextReport,
        List<Integer> watch,
        List<String> ignoreSources,
        List<Integer> remaining,
        boolean passProbe,
        List<String> alone,
        Hook hook,
        List<Approve> approve) {

    /** No real port: every port that the VM listens on, but those that are named beside it. */
    public static final int EVERY_PORT = 0;

    public Wish {
        alone = List.copyOf(alone);
        watch = List.copyOf(watch);
        ignoreSources = List.copyOf(ignoreSources);
        remaining = List.copyOf(remaining);
        approve = List.copyOf(approve);
    }

    /** One that leaves nothing to the agent alone. */
    public Wish(
            Duration nextReport,
            List<Integer> watch,
            List<String> ignoreSources,
            List<Integer> remaining,
            boolean passProbe,
            Hook hook,
            List<Approve> approve) {
        this(nextReport, watch, ignoreSources, remaining, passProbe, List.of(), hook, approve);
    }

    /** Which hook must have been run; it is repeated until it succeeds, and after a reboot. */
    public enum Hook {
        /** No wish. */
        NONE,
        /** The application must have been told to let its connections go. */
        DRAIN,
        /** The application must have been told to keep its connections again. */
        UNDRAIN
    }

    /**
     * Start this event now ({@code StartRequests}), if the agent's own document, read within the
     * last two seconds, still shows it as Scheduled.
     *
     * @param id the order's id; its result is reported under it
     * @param eventId verbatim as the document writes it
     * @param validFor after this the order must not be carried out any more
     */
    public record Approve(String id, String eventId, Duration validFor) {}
}
