package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger.Order;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.pool.Approver;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is asked to approve an event: first the agent of one of the event's own VMs, then any other
 * witness, and Azure's control plane once each of them has failed; then it begins anew. An order is
 * short-lived and renewed while the decision stands; a failed one is replaced by a new one, to the
 * next.
 */
@Singleton
public final class Orders {
    /** How long an order may be carried out after the last turn that wanted it. */
    static final Duration VALID = Duration.ofSeconds(10);

    /** It is renewed when no more than this is left of it. */
    private static final Duration RENEWAL = VALID.dividedBy(2);

    /** How long an agent may take to carry out an order, and for its word to arrive. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A failed order is not repeated at once. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** The control plane is not asked again for so long at least. */
    static final Duration REST = Duration.ofSeconds(30);

    private final Approver approver;
    private final Map<EventId, Running> running = new ConcurrentHashMap<>();
    private final Map<EventId, Round> rounds = new ConcurrentHashMap<>();

    /** When the control plane may be asked again. */
    private final Map<EventId, Instant> rests = new ConcurrentHashMap<>();

    /**
     * An order that was handed out.
     *
     * @param since when it was handed out first; renewing it changes nothing of that
     */
    private record Running(Order order, Instant since) {}

    /**
     * The witnesses that have failed; once each has, it begins anew.
     *
     * @param at the last time
     */
    private record Round(Set<VmId> failed, Instant at) {
        Round joined(Round later) {
            return new Round(
                    Stream.concat(failed.stream(), later.failed.stream())
                            .collect(Collectors.toSet()),
                    later.at);
        }
    }

    public Orders(Approver approver) {
        this.approver = approver;
    }

    /** The orders to write down in this turn; none when the running one needs no renewal yet. */
    List<Order> order(Sight sight, SeenEvent event) {
        var now = sight.world().now();
        var before = running.get(event.id());
        if (before != null && isGivenUp(before, now)) {
            running.remove(event.id());
            tried(before.order(), before.since(), REST);
            return Stream.concat(Stream.of(ended(before, now)), first(sight, event).stream())
                    .toList();
        }
        if (before != null && isThere(sight, before.order(), now)) {
            if (before.order().until().isAfter(now.plus(RENEWAL))) {
                return List.of();
            }
            return List.of(renewed(before, now));
        }
        return first(sight, event).stream().toList();
    }

    private Optional<Order> first(Sight sight, SeenEvent event) {
        var now = sight.world().now();
        var round = rounds.get(event.id());
        if (round != null && round.at().plus(PAUSE).isAfter(now)) {
            return Optional.empty();
        }
        return next(sight, event, now).map(agent -> first(event, agent, now));
    }

    /**
     * Whose turn it is; nobody's while no witness is heard: the event may not be there any more.
     */
    private Optional<VmId> next(Sight sight, SeenEvent event, Instant now) {
        var witnesses = witnesses(sight, event, now);
        if (witnesses.isEmpty()) {
            return Optional.empty();
        }
        var round = rounds.get(event.id());
        for (var witness : witnesses) {
            if (round == null || !round.failed().contains(witness)) {
                return Optional.of(witness);
            }
        }
        if (approver.isOn() && !rests.getOrDefault(event.id(), Instant.MIN).isAfter(now)) {
            return Optional.of(Order.CONTROL_PLANE);
        }
        rounds.remove(event.id());
        return Optional.of(witnesses.getFirst());
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

    private static List<VmId> witnesses(Sight sight, SeenEvent event, Instant now) {
        return sight.testimonies().values().stream()
                .filter(said -> said.scope().equalsIgnoreCase(event.id().scope()))
                .filter(said -> hears(sight, said.vm(), now))
                .filter(said -> shows(said, event.id()))
                .sorted(
                        Comparator.comparing((Testimony said) -> !isOwn(said, event))
                                .thenComparing(Testimony::name))
                .map(Testimony::vm)
                .toList();
    }

    private static boolean isOwn(Testimony said, SeenEvent event) {
        return event.vms().stream().anyMatch(name -> name.equalsIgnoreCase(said.name()));
    }

    private static boolean shows(Testimony said, EventId id) {
        return said.events().stream()
                .anyMatch(event -> new EventId(said.scope(), event.eventId()).equals(id));
    }

    /** Whether whoever is to carry it out can be heard of. */
    private static boolean isThere(Sight sight, Order order, Instant now) {
        return order.isForControlPlane() || hears(sight, order.agent(), now);
    }

    private static boolean hears(Sight sight, VmId vm, Instant now) {
        var said = sight.testimonies().get(vm);
        return said != null && said.sinceHeard(now).compareTo(Vitals.SILENT) <= 0;
    }

    /** Ends the running orders for events that the plan does not approve any more. */
    List<Order> withdraw(Set<EventId> approved, Sight sight) {
        rounds.keySet().retainAll(sight.events().keySet());
        rests.keySet().retainAll(sight.events().keySet());
        var ended = new ArrayList<Order>();
        for (var order : running.values()) {
            if (!approved.contains(order.order().event())) {
                ended.add(ended(order, sight.world().now()));
            }
        }
        ended.forEach(order -> running.remove(order.event()));
        return ended;
    }

    /** A failed order is not renewed: the next turn makes a new one, to the next. */
    public void failed(String order, Instant now) {
        failed(order, now, REST);
    }

    /**
     * The same.
     *
     * @param rest how long the control plane is not asked again for this event, if it was asked
     */
    void failed(String order, Instant now, Duration rest) {
        running.values().stream()
                .map(Running::order)
                .filter(running -> running.id().equals(order))
                .findFirst()
                .ifPresent(running -> {
                    tried(running, now, rest);
                    this.running.remove(running.event());
                });
    }

    private void tried(Order order, Instant at, Duration rest) {
        if (order.isForControlPlane()) {
            rests.put(order.event(), at.plus(rest));
        } else {
            rounds.merge(order.event(), new Round(Set.of(order.agent()), at), Round::joined);
        }
    }
}
