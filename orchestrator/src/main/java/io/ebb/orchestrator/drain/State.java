package io.ebb.orchestrator.drain;

import java.time.Instant;
import java.util.Optional;

/** Where one VM stands. API, log and documentation use these five words. */
public sealed interface State {
    /** Says it in words. */
    String why();

    /** The word itself. */
    default String word() {
        return getClass().getSimpleName();
    }

    /** Nothing of Ebb's; what others took out is also this. */
    record Untouched() implements State {
        @Override
        public String why() {
            return "no cause to be out of rotation";
        }
    }

    /** There is a cause, but the VM may not, or cannot, be taken out now. */
    record Waiting(String why) implements State {}

    /** It is being taken out, or its connections run off. */
    record Draining(Connections connections, boolean leaving, Instant deadline) implements State {
        @Override
        public String why() {
            return leaving
                    ? "leaving its pools, " + connections
                    : "out of its pools, " + connections;
        }
    }

    /**
     * Out of rotation in every pool, verified, and quiet.
     *
     * @param assumed why it is only taken for quiet; empty: its agent counted
     */
    record Drained(Optional<Assumption> assumed) implements State {
        /** Counted by its agent. */
        public Drained() {
            this(Optional.empty());
        }

        @Override
        public String why() {
            return assumed.map(because ->
                            "out of rotation in every pool; taken for quiet, because "
                                    + because.words())
                    .orElse("out of rotation in every pool and quiet");
        }
    }

    /** No cause is left; a member goes back once its VM is healthy. */
    record Returning(String why) implements State {
        static Returning of(Vm vm) {
            return new Returning(
                    vm.hindrance()
                            .map(Vm.Hindrance::why)
                            .orElse(
                                    vm.healthy()
                                            ? "going back into its pools"
                                            : "not yet healthy again"));
        }
    }

    /**
     * Derives the state from the facts.
     *
     * @param refused why the budget does not let it go, if so
     */
    static State of(Vm vm, Optional<String> refused) {
        if (vm.causes().isEmpty()) {
            return vm.any(Member::isTaken) ? Returning.of(vm) : new Untouched();
        }
        if (vm.hindrance().isPresent()) {
            return new Waiting(vm.hindrance().get().why());
        }
        if (vm.members().isEmpty()) {
            return new Waiting("it is in no pool of Ebb's: it is never drained");
        }
        if (refused.isPresent()) {
            return new Waiting(refused.get());
        }
        var leaving = vm.any(Member::isLeaving);
        return leaving || !vm.connections().quiet()
                ? new Draining(vm.connections(), leaving, vm.deadline())
                : drained(vm.connections());
    }

    private static Drained drained(Connections connections) {
        return connections instanceof Connections.Assumed assumed
                ? new Drained(Optional.of(assumed.because()))
                : new Drained();
    }
}
