package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** The asynchronous operations: what a poll of one answers, and what happens when one ends. */
final class Operations implements AutoCloseable {

    /** Where an operation stands. */
    sealed interface State {
        record InProgress() implements State {}

        record Succeeded() implements State {}

        /** {@code Failed} or {@code Canceled}, with the error body of the wire. */
        record Ended(String status, ObjectNode error) implements State {}
    }

    /** One operation. Its end happens once; whoever comes later changes nothing. */
    static final class Operation {
        private final String id = UUID.randomUUID().toString();
        private final String name;
        private final BooleanSupplier done;
        private final Optional<ObjectNode> result;
        private State state = new State.InProgress();

        private Operation(String name, BooleanSupplier done, Optional<ObjectNode> result) {
            this.result = result;
            this.name = name;
            this.done = done;
        }

        String id() {
            return id;
        }

        /** Such as {@code PutNicOperation}. */
        String name() {
            return name;
        }

        /** What the result of an action is, once there. */
        Optional<ObjectNode> result() {
            return result;
        }

        synchronized State state() {
            if (state instanceof State.InProgress && done.getAsBoolean()) {
                state = new State.Succeeded();
            }
            return state;
        }

        /** Ends it, after the effect is made, so that nobody sees the end before the effect. */
        synchronized boolean end(State last, Runnable effect) {
            if (!(state instanceof State.InProgress)) {
                return false;
            }
            effect.run();
            state = last;
            return true;
        }
    }

    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();

    /** An operation that ends when somebody ends it. */
    Operation begin(String name) {
        return begin(name, () -> false);
    }

    /** An operation that has succeeded as soon as a condition holds when it is polled. */
    Operation begin(String name, BooleanSupplier done) {
        return kept(new Operation(name, done, Optional.empty()));
    }

    /** An operation whose result is there at once. */
    Operation finished(String name, ObjectNode result) {
        return kept(new Operation(name, () -> true, Optional.of(result)));
    }

    private Operation kept(Operation operation) {
        operations.put(operation.id(), operation);
        return operation;
    }

    Optional<Operation> find(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** Has a task run later. */
    void after(Duration delay, Runnable task) {
        later.execute(() -> {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException e) {
                // The server closes: what has not ended by now never will.
                Thread.currentThread().interrupt();
                return;
            }
            task.run();
        });
    }

    /** The body of a poll. */
    static ObjectNode body(State state) {
        return switch (state) {
            case State.InProgress _ -> Json.object().put("status", "InProgress");
            case State.Succeeded _ -> Json.object().put("status", "Succeeded");
            case State.Ended(var status, var error) -> {
                var body = Json.object().put("status", status);
                body.setAll(error);
                yield body;
            }
        };
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
