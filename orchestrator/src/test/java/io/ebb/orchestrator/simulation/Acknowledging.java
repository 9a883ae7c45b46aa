package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.control.Lanes;
import io.ebb.orchestrator.pool.Approver;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Patience;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** One process's way to the control plane: slow, lossy, and cut when the process is killed. */
record Acknowledging(Clockwork clock, Dice dice, Site site, Rulebook rules, Set<String> asking)
        implements Approver {

    private enum Outcome {
        APPROVED,
        REFUSED,
        LOST
    }

    Acknowledging(Clockwork clock, Dice dice, Site site, Rulebook rules) {
        this(clock, dice, site, rules, new HashSet<>());
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public String right() {
        return "none";
    }

    @Override
    public String approve(String scope, String eventId, Patience patience) {
        site.mayCrash();
        var longest = Math.min(patience.left().toMillis(), Lanes.REQUEST.toMillis());
        if (longest == 0) {
            throw lost("the lease has ended");
        }
        rules.asking(eventId);
        if (!asking.add(eventId)) {
            throw new Violation(7, "two calls at a time for %s", eventId);
        }
        clock.tell("%s asks the control plane to approve %s", site.name(), eventId);
        var outcome = new AtomicReference<Optional<Outcome>>(Optional.empty());
        var way = dice.fault(0.1) ? dice.between(1500, 9000) : dice.between(50, 1500);
        if (way <= longest) {
            clock.in(way, () -> outcome.set(Optional.of(arrive(eventId))));
        } else {
            clock.in(longest, () -> outcome.set(Optional.of(timeOut(eventId))));
        }
        site.until(() -> outcome.get().isPresent());
        asking.remove(eventId);
        site.mayCrash();
        return switch (outcome.get().orElseThrow()) {
            case APPROVED -> "200";
            case REFUSED -> throw new CloudException.Permanent("404", null);
            case LOST -> throw lost("timed out");
        };
    }

    /** Now and then it is refused, for whatever reason. */
    private Outcome arrive(String eventId) {
        rules.arriving(site.name());
        return !dice.fault(0.2) && rules.maintenance().approve(eventId)
                ? Outcome.APPROVED
                : Outcome.REFUSED;
    }

    /** Nobody knows whether it arrived; half of the time it did, at the last moment. */
    private Outcome timeOut(String eventId) {
        if (dice.chance(0.5)) {
            arrive(eventId);
        }
        return Outcome.LOST;
    }

    private static CloudException lost(String doing) {
        return new CloudException.Transient(doing + ": no answer", Optional.empty(), null);
    }
}
