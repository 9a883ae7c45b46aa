package io.ebb.simulator.scenario;

/** The load balancer in front of the machines, with one pool, one rule and one probe. */
public record LoadBalancer(
        String name,
        String pool,
        HostPort frontend,
        Protocol protocol,
        Distribution distribution,
        boolean disableOutboundSnat,
        Probe probe,
        FlowsOnRemoval flowsOnRemoval) {

    /** What the rule carries; the words are those of ARM. */
    public enum Protocol {
        Tcp,
        /** The data plane moves TCP only: no flow comes through. */
        Udp,
        /** Every protocol on every port: an HA-ports rule. */
        All
    }

    /** How a backend is chosen for a flow; the words are those of ARM. */
    public enum Distribution {
        /** By five-tuple: each connection on its own. */
        Default,
        /** By source and destination address: a client stays with its backend. */
        SourceIP
    }

    /** What becomes of established flows when their member leaves the pool. */
    public enum FlowsOnRemoval {
        RESET,
        KEEP
    }
}
