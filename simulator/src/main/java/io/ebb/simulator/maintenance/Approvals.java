package io.ebb.simulator.maintenance;

/** Lets events start, for whoever may say so: a machine through its metadata service, or ARM. */
public interface Approvals {
    /**
     * Approves an event for all its machines. Approving again, or approving a started one, is no
     * error and changes nothing.
     *
     * @param eventId compared case-insensitively
     * @param by who approves, for the record
     * @return whether such an event is listed now
     */
    boolean approve(String eventId, String by);
}
