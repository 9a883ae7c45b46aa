package io.ebb.simulator.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The misbehaviours that are switched on, each for a number of times. Safe for many threads. */
public final class Faults {

    /** An ARM request that is refused. */
    public record Refusal(
            String method, String path, int status, String code, Optional<Duration> retryAfter) {

        boolean matches(String requestMethod, String requestPath) {
            return method.equalsIgnoreCase(requestMethod)
                    && requestPath.toLowerCase(Locale.ROOT).contains(path.toLowerCase(Locale.ROOT));
        }
    }

    private static final class Counted<T> {
        final T fault;
        int left;

        Counted(T fault, int times) {
            this.fault = fault;
            this.left = times;
        }
    }

    private final List<Counted<Refusal>> refusals = new ArrayList<>();
    private final List<Counted<String>> outcomes = new ArrayList<>();

    /** From now on, {@code times} requests that match are refused. */
    public synchronized void refuse(Refusal refusal, int times) {
        refusals.add(new Counted<>(refusal, times));
    }

    /** The next {@code times} asynchronous operations end with this status. */
    public synchronized void endOperations(String status, int times) {
        outcomes.add(new Counted<>(status, times));
    }

    /** The refusal for this ARM request, if one is on; asking uses it up by one. */
    public synchronized Optional<Refusal> refusal(String method, String path) {
        for (var counted : refusals) {
            if (counted.fault.matches(method, path)) {
                return Optional.of(use(refusals, counted));
            }
        }
        return Optional.empty();
    }

    /** How the operation that starts now shall end, if not well; asking uses it up by one. */
    public synchronized Optional<String> operationOutcome() {
        return outcomes.isEmpty()
                ? Optional.empty()
                : Optional.of(use(outcomes, outcomes.getFirst()));
    }

    /** Everything works again. */
    public synchronized void clear() {
        refusals.clear();
        outcomes.clear();
    }

    private static <T> T use(List<Counted<T>> list, Counted<T> counted) {
        if (--counted.left <= 0) {
            list.remove(counted);
        }
        return counted.fault;
    }
}
