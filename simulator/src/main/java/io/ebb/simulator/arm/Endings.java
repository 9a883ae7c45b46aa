package io.ebb.simulator.arm;

import io.ebb.simulator.arm.Operations.State;

/** How operations end that do not succeed. */
final class Endings {
    private Endings() {}

    /** A later writer won; the loser learns it here, after its 200. */
    static State canceled(Operations.Operation loser, String winner) {
        return new State.Ended(
                "Canceled",
                Refusal.error(
                        "Canceled",
                        "Operation was canceled.",
                        "CanceledAndSupersededDueToAnotherOperation",
                        "Operation %s (%s) was canceled and superseded by operation %s."
                                .formatted(loser.name(), loser.id(), winner)));
    }

    static State failed() {
        return new State.Ended(
                "Failed",
                Refusal.error(
                        "InternalServerError",
                        "An error occurred.",
                        "GatewayError",
                        "Error occurred in resource provider infrastructure services."));
    }
}
