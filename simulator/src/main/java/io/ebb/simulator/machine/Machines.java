package io.ebb.simulator.machine;

import java.util.Optional;

/** The simulated machines by name. */
public interface Machines {
    /** The machine of this name (case-insensitive), or empty if there is none, or none any more. */
    Optional<? extends Machine> find(String name);
}
