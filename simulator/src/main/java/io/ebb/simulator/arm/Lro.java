package io.ebb.simulator.arm;

import io.ebb.simulator.scenario.Scenario;

/** Links to operations, and what their polls answer. */
final class Lro {
    private final Scenario scenario;
    private final Operations operations;

    Lro(Scenario scenario, Operations operations) {
        this.scenario = scenario;
        this.operations = operations;
    }

    /** Adds the headers of a write of the network provider that goes on after its answer. */
    Answer network(Answer answer, Request request, Operations.Operation operation) {
        return answer.with("Azure-AsyncNotification", "Enabled")
                .with(
                        "Azure-AsyncOperation",
                        link(request, "Microsoft.Network", "operations", operation))
                .with("Retry-After", retryAfter());
    }

    /** 202 with a link to the result only, as the health action answers. */
    Answer result(Request request, Operations.Operation operation) {
        return Answer.empty(202)
                .with("Location", link(request, "Microsoft.Network", "operationResults", operation))
                .with("Retry-After", retryAfter());
    }

    /** Adds the headers of a write of the compute provider that goes on after its answer. */
    Answer created(Answer answer, Request request, Operations.Operation operation) {
        return answer.with(
                        "Azure-AsyncOperation",
                        link(request, "Microsoft.Compute", "operations", operation))
                .with("Retry-After", retryAfter());
    }

    /** Adds the headers of a deployment, whose operations are below it. */
    Answer deployment(Answer answer, Request request, Operations.Operation operation) {
        return answer.with(
                        "Azure-AsyncOperation",
                        request.base()
                                + request.path()
                                + "/operationStatuses/"
                                + operation.id()
                                + "?api-version="
                                + request.query().getOrDefault("api-version", ""))
                .with("Retry-After", retryAfter());
    }

    /** 202 of the compute provider. */
    Answer compute(Request request, Operations.Operation operation) {
        return Answer.empty(202)
                .with(
                        "Azure-AsyncOperation",
                        link(request, "Microsoft.Compute", "operations", operation))
                .with(
                        "Location",
                        link(request, "Microsoft.Compute", "operations", operation)
                                + "&monitor=true")
                .with("Retry-After", retryAfter());
    }

    /** A poll of the status. */
    Answer poll(String id) {
        var operation = find(id);
        var state = operation.state();
        var answer = Answer.of(200, Operations.body(state));
        return state instanceof Operations.State.InProgress
                ? answer.with("Retry-After", retryAfter())
                : answer;
    }

    Operations.Operation find(String id) {
        return operations
                .find(id)
                .orElseThrow(() ->
                        Refusal.notFound(
                                "OperationNotFound", "Operation " + id + " was not found."));
    }

    /** The seconds of the setting, rounded up. */
    String retryAfter() {
        var wait = scenario.timings().retryAfter();
        return Long.toString(wait.plusMillis(999).toSeconds());
    }

    private String link(
            Request request, String provider, String kind, Operations.Operation operation) {
        var version = request.query().getOrDefault("api-version", "");
        return request.base()
                + "/subscriptions/"
                + scenario.subscription()
                + "/providers/"
                + provider
                + "/locations/"
                + scenario.location()
                + "/"
                + kind
                + "/"
                + operation.id()
                + "?api-version="
                + version;
    }
}
