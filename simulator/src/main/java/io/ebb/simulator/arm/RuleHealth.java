package io.ebb.simulator.arm;

/** The load balancer's verdict on its members, as the health action of a rule tells it. */
public interface RuleHealth {
    /**
     * A verdict in the words of the health API.
     *
     * @param up whether the probe calls the member up
     * @param reason a word of the health API such as {@code Up_Probe_Success}; {@code NA} before
     *     the first probe
     */
    record Verdict(boolean up, String reason) {}

    /** The verdict on a member; one that nobody probes is down with {@code NA}. */
    Verdict of(Membership member);
}
