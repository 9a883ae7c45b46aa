package io.ebb.orchestrator.pool;

/** Approves scheduled events from outside their VMs, for when no agent can. */
public interface Approver {
    /** Whether it may be asked: an operator may not want that. */
    boolean isOn();

    /** The name of the right that it takes; whether it was granted shows only when it is used. */
    String right();

    /**
     * Approves an event: it may then start for all its VMs. That one was approved before is no
     * error. Sent once; a request whose answer is lost may have taken effect.
     *
     * @param scope the resource id of the event's scope unit: an availability set, or a VM that
     *     stands alone; in any case
     * @param eventId as Azure wrote it
     * @param patience the request is not sent, or waited for, beyond it
     * @return what was answered, for people
     * @throws CloudException.Transient try again later
     * @throws CloudException.Conflict there is no such resource now
     * @throws CloudException.Permanent it will not work however often it is tried: a right is
     *     missing, or there is no such event
     */
    String approve(String scope, String eventId, Patience patience);
}
