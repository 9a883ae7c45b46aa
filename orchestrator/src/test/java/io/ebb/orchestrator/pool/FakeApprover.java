package io.ebb.orchestrator.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A control plane that approves what it is asked to, and fails when told to. It is off at first.
 */
public final class FakeApprover implements Approver {
    private final List<String> asked = new ArrayList<>();
    private final Deque<CloudException> failures = new ArrayDeque<>();
    private boolean on;

    /** It may be asked from now on. */
    public void on() {
        on = true;
    }

    /** The next call fails so. */
    public void failNext(CloudException failure) {
        failures.add(failure);
    }

    /**
     * What it was asked to approve, as {@code scope eventId}; not what came too late to be sent.
     */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public String right() {
        return "events/approve";
    }

    @Override
    public String approve(String scope, String eventId, Patience patience) {
        if (patience.left().isZero()) {
            throw new CloudException.Transient("not sent", Optional.empty(), null);
        }
        asked.add(scope + " " + eventId);
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return "Successfully Approved";
    }
}
