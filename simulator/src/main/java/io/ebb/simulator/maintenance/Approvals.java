package io.ebb.simulator.maintenance;

import java.util.Collection;

/** Lets events start, for those who may say so from outside the machines: ARM. */
public interface Approvals {
    /**
     * Approves an event for all its machines. Approving again, or approving a started one, is no
     * error and changes nothing.
     *
     * @param eventId compared case-insensitively
     * @param of the machines of the resource through which it is approved; the event must be for
     *     one of them
     * @param by who approves, for the record
     * @return whether such an event of theirs is listed now
     */
    boolean approve(String eventId, Collection<String> of, String by);
}
