package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.ledger.Ledger.Entry;
import io.ebb.orchestrator.ledger.Ledger.Order;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What became of an order, written down where people look for it. */
final class Outcome {
    private Outcome() {}

    /**
     * Records an outcome that is news. A second order for an event that is acknowledged already
     * adds nothing to the timeline: the event was approved once.
     */
    static void record(Handle handle, LeaseRow row, Order order, boolean ok, String detail) {
        OrderRows.answer(handle, order.id(), ok, detail);
        if (!ok || EventRows.acknowledge(handle, order.event(), row.now())) {
            TimelineRows.add(handle, row, entries(handle, row.now(), order, ok, detail));
        }
    }

    /** One line for each open drain that waits for the event; one for all when there is none. */
    private static List<Entry> entries(
            Handle handle, Instant now, Order order, boolean ok, String detail) {
        var type = ok ? "EventApproved" : "ApprovalFailed";
        var who = who(handle, order);
        var message =
                ok
                        ? "approved event %s: %s".formatted(order.eventId(), detail)
                        : "approving event %s: %s".formatted(order.eventId(), detail);
        var concerned =
                DrainRows.open(handle).stream()
                        .filter(drain -> drain.events().contains(order.event()))
                        .toList();
        if (concerned.isEmpty()) {
            var vm = Optional.of(order).filter(o -> !o.isForControlPlane()).map(Order::agent);
            return List.of(new Entry(0, now, Optional.empty(), vm, type, who, message));
        }
        return concerned.stream()
                .map(drain -> {
                    var vm = Optional.of(drain.vm());
                    return new Entry(0, now, Optional.of(drain.id()), vm, type, who, message);
                })
                .toList();
    }

    private static String who(Handle handle, Order order) {
        return order.isForControlPlane()
                ? order.agent().value()
                : "agent of " + AgentRows.name(handle, order.agent()).orElse(order.agent().value());
    }
}
