package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Cause;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What keeps a VM out of rotation now, and how an operator ends it. */
@Singleton
final class StandingCauses {
    /** A replica that has not looked for so long does not know which events are causes. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final Latest latest;

    StandingCauses(Latest latest) {
        this.latest = latest;
    }

    /**
     * A cause of the VM's.
     *
     * @param open the ledger now: what was said since the last turn counts
     */
    Optional<String> cause(VmId vm, Ledger.Open open, Instant now) {
        return open.instructions().stream()
                .filter(word -> word.asks(Kind.DRAIN, vm))
                .findFirst()
                .map(word ->
                        "it is drained for %s; to end that: DELETE /v1/instructions/%s"
                                .formatted(word.words(), word.id()))
                .or(() -> event(vm, open, now));
    }

    private Optional<String> event(VmId vm, Ledger.Open open, Instant now) {
        return latest.view().filter(view -> !view.world().now().plus(RECENT).isBefore(now)).stream()
                .flatMap(view -> view.world().vms().stream())
                .filter(seen -> seen.id().equals(vm))
                .flatMap(seen -> seen.causes().stream())
                .filter(Cause.Scheduled.class::isInstance)
                .map(Cause.Scheduled.class::cast)
                .filter(cause -> !isCancelled(cause.event(), open))
                .findFirst()
                .map(cause ->
                        "the event %1$s (%2$s) stands; to let go of it: POST /v1/scheduledEvents/%1$s:cancel, unless it was approved or has started"
                                .formatted(cause.event().id(), name(cause)));
    }

    private static boolean isCancelled(EventId event, Ledger.Open open) {
        return open.instructions().stream().anyMatch(word -> word.asks(Kind.CANCEL, event));
    }

    private static String name(Cause.Scheduled cause) {
        var name = cause.type().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
