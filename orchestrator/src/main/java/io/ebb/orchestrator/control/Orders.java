package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger.Order;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which agent is asked to approve an event: first one of the event's own VMs, then any other
 * witness. An order is short-lived and renewed while the decision stands; a failed one is replaced
 * by a new one, to the next witness.
 */
@Singleton
public final class Orders {
    /** How long an order may be carried out after the last turn that wanted it. */
    static final Duration VALID = Duration.ofSeconds(10);

    /** It is renewed when no more than this is left of it. */
    private static final Duration RENEWAL = VALID.dividedBy(2);

    private final Map<EventId, Running> running = new ConcurrentHashMap<>();
    private final Map<EventId, Failure> failed = new ConcurrentHashMap<>();

    /** How long an agent may take to carry out an order, and for its word to arrive. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A failed order is not repeated at once. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /**
     * An order that was handed out.
     *
     * @param since when it was handed out first; renewing it changes nothing of that
     */
    private record Running(Order order, Instant since) {}

    private record Failure(VmId agent, Instant at) {}

    /** The orders to write down in this turn; none when the running one needs no renewal yet. */
    List<Order> order(Sight sight, SeenEvent event) {
        var now = sight.world().now();
        var before = running.get(event.id());
        if (before != null && isGivenUp(before, now)) {
            running.remove(event.id());
            return Stream.concat(Stream.of(ended(before, now)), first(sight, event).stream())
                    .toList();
        }
        if (before != null && hears(sight, before.order().agent(), now)) {
            if (before.order().until().isAfter(now.plus(RENEWAL))) {
                return List.of();
            }
            return List.of(renewed(before, now));
        }
        return first(sight, event).stream().toList();
    }

    private Optional<Order> first(Sight sight, SeenEvent event) {
        var now = sight.world().now();
        var failure = failed.get(event.id());
        if (failure != null && failure.at().plus(PAUSE).isAfter(now)) {
            return Optional.empty();
        }
        return witness(sight, event, now).map(vm -> first(event, vm, now));
    }

    private Order first(SeenEvent event, VmId agent, Instant now) {
        var id = UUID.randomUUID().toString();
        var order = new Order(id, agent, event.id(), event.eventId(), now.plus(VALID));
        running.put(event.id(), new Running(order, now));
        return order;
    }

    /**
     * An order that was not acknowledged for so long is replaced: that it failed may have been
     * reported to another replica, or to none, and an agent tries the same order once only.
     */
    private static boolean isGivenUp(Running order, Instant now) {
        return order.since().plus(PATIENCE).isBefore(now);
    }

    private Order renewed(Running before, Instant now) {
        var order = until(before, now.plus(VALID));
        running.put(order.event(), new Running(order, before.since()));
        return order;
    }

    private static Order ended(Running order, Instant now) {
        return until(order, now);
    }

    private static Order until(Running running, Instant end) {
        var order = running.order();
        return new Order(order.id(), order.agent(), order.event(), order.eventId(), end);
    }

    private Optional<VmId> witness(Sight sight, SeenEvent event, Instant now) {
        return sight.testimonies().values().stream()
                .filter(said -> said.scope().equalsIgnoreCase(event.id().scope()))
                .filter(said -> hears(sight, said.vm(), now))
                .filter(said -> shows(said, event.id()))
                .min(
                        Comparator.comparing((Testimony said) -> isTheOneThatFailed(said, event))
                                .thenComparing(said -> !isOwn(said, event))
                                .thenComparing(Testimony::name))
                .map(Testimony::vm);
    }

    private boolean isTheOneThatFailed(Testimony said, SeenEvent event) {
        var failure = failed.get(event.id());
        return failure != null && failure.agent().equals(said.vm());
    }

    private static boolean isOwn(Testimony said, SeenEvent event) {
        return event.vms().stream().anyMatch(name -> name.equalsIgnoreCase(said.name()));
    }

    private static boolean shows(Testimony said, EventId id) {
        return said.events().stream()
                .anyMatch(event -> new EventId(said.scope(), event.eventId()).equals(id));
    }

    private static boolean hears(Sight sight, VmId vm, Instant now) {
        var said = sight.testimonies().get(vm);
        return said != null && said.sinceHeard(now).compareTo(Vitals.SILENT) <= 0;
    }

    /** Ends the running orders for events that the plan does not approve any more. */
    List<Order> withdraw(Set<EventId> approved, Instant now) {
        var ended = new ArrayList<Order>();
        for (var order : running.values()) {
            if (!approved.contains(order.order().event())) {
                ended.add(ended(order, now));
            }
        }
        ended.forEach(order -> running.remove(order.event()));
        return ended;
    }

    /** A failed order is not renewed: the next turn makes a new one, by preference to another. */
    public void failed(String order, Instant now) {
        running.values().stream()
                .map(Running::order)
                .filter(running -> running.id().equals(order))
                .findFirst()
                .ifPresent(running -> {
                    failed.put(running.event(), new Failure(running.agent(), now));
                    this.running.remove(running.event());
                });
    }
}
