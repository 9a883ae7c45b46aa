package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Order;
import io.ebb.orchestrator.pool.Approver;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Patience;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the orders that are the control plane's, as an agent does with its own: what the
 * ledger still hands out, once, and the ledger is told what came of it. Each event has a lane of
 * its own. Nothing is sent but while the lease that planned it, and the order, run on for longer
 * than the request may take.
 */
@Singleton
public final class ControlPlane {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    /** After one that stays until somebody does something, such as to grant a right. */
    private static final Duration LONG_REST = Duration.ofMinutes(5);

    private final Approver approver;
    private final Ledger ledger;
    private final Orders orders;
    private final Wake wake;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Set<EventId> busy = ConcurrentHashMap.newKeySet();

    @Inject
    public ControlPlane(Approver approver, Ledger ledger, Orders orders, Wake wake) {
        this(
                approver,
                ledger,
                orders,
                wake,
                lane -> Thread.ofVirtual().name("approval").start(lane),
                System::nanoTime);
    }

    ControlPlane(
            Approver approver,
            Ledger ledger,
            Orders orders,
            Wake wake,
            Executor executor,
            LongSupplier nanoTime) {
        this.approver = approver;
        this.ledger = ledger;
        this.orders = orders;
        this.wake = wake;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    /**
     * Starts what can be started. One that was renewed because its outcome is not known yet is
     * asked for again, unless the call is still under way.
     *
     * @param term the lease's length
     * @param written the orders of this turn, whosesoever they are
     */
    void perform(Ledger.Lease lease, Duration term, List<Order> written) {
        for (var order : written) {
            if (order.isForControlPlane()) {
                start(lease, Lanes.request(term), order);
            }
        }
    }

    /** Whether no call is under way. */
    boolean isIdle() {
        return busy.isEmpty();
    }

    private void start(Ledger.Lease lease, Duration request, Order order) {
        var end = lease.until().isBefore(order.until()) ? lease.until() : order.until();
        var left = Duration.between(ledger.now(), end);
        if (left.compareTo(request) < 0 || !busy.add(order.event())) {
            return;
        }
        var patience = new Patience(nanoTime, left);
        executor.execute(() -> {
            try {
                carryOut(order, patience);
            } catch (RuntimeException e) {
                LOG.error("approving event {}: the outcome is unknown", order.eventId(), e);
            } finally {
                busy.remove(order.event());
                wake.up();
            }
        });
    }

    private void carryOut(Order order, Patience patience) {
        if (!stands(order)) {
            return; // held, started, or approved by an agent meanwhile
        }
        String answer;
        try {
            answer = approver.approve(order.event().scope(), order.eventId(), patience);
        } catch (CloudException e) {
            orders.failed(order.id(), ledger.now(), rest(e));
            ledger.result(order.id(), false, e.getMessage());
            return;
        }
        ledger.result(order.id(), true, answer);
    }

    private boolean stands(Order order) {
        return ledger.standing(Order.CONTROL_PLANE).orders().stream()
                .anyMatch(standing -> standing.id().equals(order.id()));
    }

    private static Duration rest(CloudException failure) {
        return switch (failure) {
            case CloudException.Transient passing ->
                    passing.retryAfter()
                            .filter(time -> time.compareTo(Orders.REST) > 0)
                            .orElse(Orders.REST);
            case CloudException.Conflict _ -> Orders.REST;
            case CloudException.Permanent _ -> LONG_REST;
        };
    }
}
