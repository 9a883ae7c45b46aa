package io.ebb.orchestrator.pool;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inventory as it was last read. A failed reading leaves what was known before. */
@Singleton
public final class CurrentFleet {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentFleet.class);

    private final Inventory inventory;
    private volatile Optional<Inventory.Fleet> fleet = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();

    public CurrentFleet(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Reads the inventory anew. */
    public void refresh() {
        try {
            var read = inventory.read();
            if (fleet.isEmpty() || !lasting(fleet.get()).equals(lasting(read))) {
                LOG.info(
                        "the inventory has {} VMs and {} pools",
                        read.vms().size(),
                        read.pools().size());
            }
            fleet = Optional.of(read);
            problem = Optional.empty();
        } catch (CloudException e) {
            var before = problem;
            problem = Optional.of(String.valueOf(e.getMessage()));
            if (!problem.equals(before)) {
                LOG.warn("reading the inventory: {}; it is tried again", e.getMessage());
            }
        }
    }

    /** What is news when it changes: a VM's power is not. */
    private static Inventory.Fleet lasting(Inventory.Fleet fleet) {
        return new Inventory.Fleet(
                fleet.vms().stream().map(Inventory.KnownVm::lasting).toList(), fleet.pools());
    }

    /** What was read last; empty until the first reading succeeds. */
    public Optional<Inventory.Fleet> get() {
        return fleet;
    }

    /** Why the last reading failed; empty when it did not. */
    public Optional<String> problem() {
        return problem;
    }
}
