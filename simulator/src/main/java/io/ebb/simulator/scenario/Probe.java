package io.ebb.simulator.scenario;

import java.time.Duration;

/**
 * The load balancer's health probe.
 *
 * @param path what is asked for; meaningless for {@link Protocol#Tcp}
 * @param interval time between two probes of one member
 * @param threshold how many equal answers in a row change a member's verdict
 */
public record Probe(Protocol protocol, int port, String path, Duration interval, int threshold) {

    /** The words are those of ARM. */
    public enum Protocol {
        Http,
        Tcp
    }
}
