package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes that took effect when nobody intended them any more. A process that is paused between its
 * last look at the clock and its request sends that request late. If the resource is still as it
 * was looked at, the load balancer obeys, though a successor may have closed the intent meanwhile:
 * the member would be out, and nobody would put it back.
 */
final class Late {
    private static final Logger LOG = LoggerFactory.getLogger(Late.class);

    private final Ledger ledger;
    private final Set<TakenMember> owed = ConcurrentHashMap.newKeySet();

    Late(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A member as a write takes it out. */
    static TakenMember leaving(Resource resource, Change.Leave change, Strategy strategy) {
        return new TakenMember(
                change.member(),
                resource.id(),
                resource.guid(),
                change.saved(),
                strategy.name(),
                Intent.LEAVE,
                Instant.EPOCH);
    }

    /**
     * To be called when a write has taken effect, or may have: members that are not meant to leave
     * any more are written down as taken again. One that did not leave is closed by a later turn.
     */
    void remember(List<TakenMember> leaving) {
        owed.addAll(leaving);
        pay();
    }

    /**
     * The same for what could not be written down before, because the store did not answer. To be
     * called now and then.
     */
    synchronized void pay() {
        if (owed.isEmpty()) {
            return;
        }
        var leaving = List.copyOf(owed);
        write(leaving);
        owed.removeAll(leaving);
    }

    private void write(List<TakenMember> leaving) {
        var open = ledger.open().taken();
        for (var member : leaving) {
            var isMeant =
                    open.stream()
                            .anyMatch(
                                    row -> row.id().equals(member.id()) && !row.intent().isBack());
            if (!isMeant) {
                var message =
                        "a write that was held up may have taken it out of pool %s after all"
                                .formatted(member.id().pool().name());
                LOG.warn("{}: {}", member.resource(), message);
                ledger.landedLate(member, entry(member, message));
            }
        }
    }

    private Entry entry(TakenMember member, String message) {
        return new Entry(
                0,
                ledger.now(),
                Optional.empty(),
                Optional.of(member.id().vm()),
                "LandedLate",
                Chronicle.WHO,
                message);
    }
}
