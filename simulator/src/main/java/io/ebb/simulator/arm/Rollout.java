package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.simulator.template.Planned;
import io.ebb.simulator.template.Template;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what a template wants to be there: one after the other, where Azure makes at once what does
 * not depend on each other.
 */
final class Rollout {
    private static final int BETWEEN_LOOKS_MILLIS = 20;

    private final Resources resources;
    private final Operations operations;
    private final Writes writes;
    private final LinkedResources linked;

    Rollout(Resources resources, Operations operations, Writes writes) {
        this.resources = resources;
        this.operations = operations;
        this.writes = writes;
        this.linked = new LinkedResources(resources);
    }

    /**
     * Makes everything and returns when it is there.
     *
     * @param base scheme and authority that the client used
     * @throws Refusal of the first resource that cannot be made; what was made before stays
     */
    void run(Template template, String base) throws InterruptedException {
        for (var resource : template.resources()) {
            make(resource, base);
        }
    }

    private void make(Planned resource, String base) throws InterruptedException {
        var id = new ResourceId(resource.id());
        var body = resource.body(this::properties);
        linked.check(id, body);
        var request =
                new Request(
                        "PUT",
                        id.text(),
                        Map.of("api-version", resource.apiVersion()),
                        Optional.empty(),
                        Optional.empty(),
                        base,
                        new String(Json.write(body), StandardCharsets.UTF_8));
        var link = writes.put(id, request).headers().get("Azure-AsyncOperation");
        if (link != null) {
            awaitEnd(link.substring(link.lastIndexOf('/') + 1).split("\\?", 2)[0]);
        }
    }

    private void awaitEnd(String operationId) throws InterruptedException {
        var operation = operations.find(operationId).orElseThrow();
        while (operation.state() instanceof Operations.State.InProgress) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        if (operation.state() instanceof Operations.State.Ended ended) {
            throw Refusal.ofOperation(ended.error());
        }
    }

    /** What {@code reference} gives. */
    JsonNode properties(String id) {
        return resources
                .get(id)
                .map(resource -> resource.path("properties"))
                .orElseThrow(() -> Refusal.resourceNotFound(new ResourceId(id)));
    }
}
