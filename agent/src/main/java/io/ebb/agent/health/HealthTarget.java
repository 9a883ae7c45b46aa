package io.ebb.agent.health;

import java.net.URI;

/** What must answer for the application to be healthy. */
public sealed interface HealthTarget {

    /**
     * Every watched port accepts a connection; where every port is watched, each that the VM
     * listens on, of which there must be one.
     */
    record WatchedPorts() implements HealthTarget {}

    /** This port accepts a connection. */
    record Port(int port) implements HealthTarget {}

    /** A GET of this {@code http} URL is answered with a 2xx. */
    record Url(URI uri) implements HealthTarget {}
}
