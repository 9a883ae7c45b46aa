package io.ebb.simulator.maintenance;

/** Who wants the event; the words are those of the wire. */
public enum Source {
    Platform,
    User
}
