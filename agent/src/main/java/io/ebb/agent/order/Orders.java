package io.ebb.agent.order;

import io.ebb.agent.Log;
import io.ebb.agent.http.Answer;
import io.ebb.agent.metadata.Imds;
import io.ebb.agent.metadata.UnknownDocumentException;
import io.ebb.agent.metadata.Watch;
import io.ebb.protocol.Report.Result;
import io.ebb.protocol.ScheduledEvent;
import io.ebb.protocol.Wish.Approve;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Approves events when ordered to. An approval lets an event start for all its VMs and cannot be
 * taken back, so an order is carried out only while it stands, while it is valid, and while a
 * document of the last two seconds still shows the event as Scheduled.
 */
public final class Orders {
    private static final Duration CERTAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private record Standing(Approve order, Instant until) {}

    private final Imds imds;
    private final Watch watch;
    private final InstantSource steady;
    private final Runnable finished;
    private final Semaphore work = new Semaphore(0);

    private final Map<String, Standing> standing = new LinkedHashMap<>();
    private final Map<String, Result> results = new LinkedHashMap<>();

    /** Events for which the service has answered a 2xx, by their id in upper case. */
    private final Set<String> approved = new HashSet<>();

    /**
     * No orders yet.
     *
     * @param steady a clock that never jumps
     * @param finished told when an order has a result
     */
    public Orders(Imds imds, Watch watch, InstantSource steady, Runnable finished) {
        this.imds = imds;
        this.watch = watch;
        this.steady = steady;
        this.finished = finished;
    }

    /**
     * The orders of a wish; they replace those before, so that one which is no longer there is not
     * carried out any more.
     *
     * @param asked when the report was sent that the wish answers: validity counts from there, so
     *     that an answer which was long on its way does not live longer
     * @param told the results in that report; those whose order is gone from the wish have arrived
     */
    public synchronized void wish(List<Approve> orders, Instant asked, List<Result> told) {
        standing.clear();
        for (Approve order : orders) {
            standing.put(order.id(), new Standing(order, asked.plus(order.validFor())));
        }
        for (Result result : told) {
            if (!standing.containsKey(result.order())) {
                results.remove(result.order());
            }
        }
        work.release();
    }

    /** Results that the orchestrator has not acknowledged yet. */
    public synchronized List<Result> results() {
        return new ArrayList<>(results.values());
    }

    /** Carries out orders until interrupted. */
    public void follow() throws InterruptedException {
        while (true) {
            work.acquire();
            carryOut();
        }
    }

    /** Carries out the orders that stand now. */
    void carryOut() {
        for (Optional<Standing> next = next(); next.isPresent(); next = next()) {
            Approve order = next.get().order();
            Result result = carryOut(order);
            if (result.ok()) {
                Log.info(
                        "order "
                                + order.id()
                                + ": approving "
                                + order.eventId()
                                + ": "
                                + result.detail());
            } else {
                Log.warn(
                        "order "
                                + order.id()
                                + ": not approving "
                                + order.eventId()
                                + ": "
                                + result.detail());
            }
            synchronized (this) {
                results.put(order.id(), result);
            }
            finished.run();
        }
    }

    private synchronized Optional<Standing> next() {
        return standing.values().stream()
                .filter(each -> !results.containsKey(each.order().id()))
                .findFirst();
    }

    private Result carryOut(Approve order) {
        try {
            if (isApproved(order)) {
                return new Result(order.id(), true, "approved before");
            }
            Optional<ScheduledEvent> event = watch.certain(order.eventId(), CERTAIN);
            if (event.isEmpty()) {
                return failed(order, "the document does not show the event any more");
            }
            if (!event.get().status().equalsIgnoreCase("Scheduled")) {
                return failed(order, "the event is " + event.get().status() + " already");
            }
            return approve(order, event.get().eventId());
        } catch (UnknownDocumentException e) {
            return failed(order, "the document is unknown: " + e.getMessage());
        } catch (IOException e) {
            return failed(order, "no answer: " + e.getMessage());
        }
    }

    private Result approve(Approve order, String eventId) throws IOException {
        Duration left;
        synchronized (this) {
            Standing now = standing.get(order.id());
            if (now == null) {
                return failed(order, "the order was withdrawn");
            }
            left = Duration.between(steady.instant(), now.until());
        }
        if (!left.isPositive()) {
            return failed(order, "the order is not valid any more");
        }
        Answer answer =
                imds.approve(eventId, left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT);
        if (answer.ok()) {
            synchronized (this) {
                approved.add(key(order));
            }
        }
        return new Result(order.id(), answer.ok(), answer.words());
    }

    private synchronized boolean isApproved(Approve order) {
        return approved.contains(key(order));
    }

    private static String key(Approve order) {
        return order.eventId().toUpperCase(Locale.ROOT);
    }

    private static Result failed(Approve order, String why) {
        return new Result(order.id(), false, why);
    }
}
