package io.ebb.simulator.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The misbehaviours that are switched on, each for a number of times. Safe for many threads. */
public final class Faults {

    /** For a fault that stays on until it is cleared. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** The ARM requests that a fault concerns; {@code path} is any part of a request's path. */
    public record Requests(String method, String path) {
        boolean hold(String requestMethod, String requestPath) {
            return method.equalsIgnoreCase(requestMethod)
                    && requestPath.toLowerCase(Locale.ROOT).contains(path.toLowerCase(Locale.ROOT));
        }
    }

    /** ARM requests that are refused. */
    public record Refusal(
            Requests requests, int status, String code, Optional<Duration> retryAfter) {
        public Refusal(
                String method,
                String path,
                int status,
                String code,
                Optional<Duration> retryAfter) {
            this(new Requests(method, path), status, code, retryAfter);
        }
    }

    /** ARM requests that are not looked at for so long. */
    public record Hang(Requests requests, Duration time) {}

    private record OfMachine(Optional<String> vm, MetadataFault fault) {
        boolean concerns(String name) {
            return vm.isEmpty() || vm.get().equalsIgnoreCase(name);
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
    private final List<Counted<Hang>> hangs = new ArrayList<>();
    private final List<Counted<String>> outcomes = new ArrayList<>();
    private final List<Counted<OfMachine>> metadata = new ArrayList<>();

    /** From now on, {@code times} requests that match are refused. */
    public synchronized void refuse(Refusal refusal, int times) {
        refusals.add(new Counted<>(refusal, times));
    }

    /** From now on, {@code times} requests that match hang. */
    public synchronized void hang(Hang hang, int times) {
        hangs.add(new Counted<>(hang, times));
    }

    /** The next {@code times} asynchronous operations end with this status. */
    public synchronized void endOperations(String status, int times) {
        outcomes.add(new Counted<>(status, times));
    }

    /** The metadata service of one machine, or of all, misbehaves {@code times} times. */
    public synchronized void metadata(Optional<String> vm, MetadataFault fault, int times) {
        metadata.add(new Counted<>(new OfMachine(vm, fault), times));
    }

    /** The refusal for this ARM request, if one is on; asking uses it up by one. */
    public synchronized Optional<Refusal> refusal(String method, String path) {
        return take(
                refusals,
                refusal ->
                        refusal.requests().hold(method, path)
                                ? Optional.of(refusal)
                                : Optional.empty());
    }

    /** For how long this ARM request hangs; asking uses it up by one. */
    public synchronized Duration hang(String method, String path) {
        return take(
                        hangs,
                        hang ->
                                hang.requests().hold(method, path)
                                        ? Optional.of(hang.time())
                                        : Optional.empty())
                .orElse(Duration.ZERO);
    }

    /** How the operation that starts now shall end, if not well; asking uses it up by one. */
    public synchronized Optional<String> operationOutcome() {
        return take(outcomes, Optional::of);
    }

    /** The fault of this kind of a machine's metadata service; asking uses it up by one. */
    public synchronized <F extends MetadataFault> Optional<F> metadata(String vm, Class<F> kind) {
        return take(
                metadata,
                candidate ->
                        candidate.concerns(vm) && kind.isInstance(candidate.fault())
                                ? Optional.of(kind.cast(candidate.fault()))
                                : Optional.empty());
    }

    /** Everything works again. */
    public synchronized void clear() {
        refusals.clear();
        hangs.clear();
        outcomes.clear();
        metadata.clear();
    }

    private static <T, R> Optional<R> take(List<Counted<T>> list, Function<T, Optional<R>> match) {
        for (var candidates = list.iterator(); candidates.hasNext(); ) {
            var counted = candidates.next();
            var result = match.apply(counted.fault);
            if (result.isPresent()) {
                if (counted.left != ALWAYS && --counted.left <= 0) {
                    candidates.remove();
                }
                return result;
            }
        }
        return Optional.empty();
    }
}
