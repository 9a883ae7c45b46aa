package io.ebb.simulator.maintenance;

/**
 * What a user asks of a machine through ARM. Each returns at once; the effect follows. A restart or
 * redeploy becomes an event and waits for it where Scheduled Events are enabled for the machine's
 * scope unit, and happens at once elsewhere.
 *
 * <p>Each throws {@link java.util.NoSuchElementException} for an unknown machine.
 */
public interface UserOperations {
    void restart(String vm);

    void redeploy(String vm);

    /** Announces a Preempt with 30 seconds of notice. */
    void simulateEviction(String vm);

    /** Stops the machine at once and clears its pending events. */
    void deallocate(String vm);

    /** Starts a deallocated machine; a running one is left alone. */
    void start(String vm);
}
