package io.ebb.simulator.machine;

/** What others may know of a machine. */
public interface Machine {
    String name();

    Power power();
}
