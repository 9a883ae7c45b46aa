package io.ebb.simulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One resource that a template wants to be there. */
public final class Planned {
    /** What is about the resource in the template, and not of it. */
    private static final Set<String> ABOUT =
            Set.of("type", "apiVersion", "name", "dependsOn", "copy", "comments");

    private final JsonNode written;
    private final Evaluation evaluation;
    private final String loop;
    private final String id;

    /**
     * @param loop the name of the {@code copy} that it is made by; empty: none
     */
    Planned(JsonNode written, Evaluation evaluation, String loop) {
        this.written = written;
        this.evaluation = evaluation;
        this.loop = loop;
        var names = List.of(name().split("/", -1));
        this.id = Ids.of(evaluation.place().groupId(), type(), names);
    }

    /** Such as {@code Microsoft.Network/loadBalancers}. */
    public String type() {
        return evaluation.value(written.path("type")).asText();
    }

    public String apiVersion() {
        return evaluation.value(written.path("apiVersion")).asText();
    }

    public String name() {
        return evaluation.value(written.path("name")).asText();
    }

    public String id() {
        return id;
    }

    /** The name of the loop that made it; empty: none did. */
    String loop() {
        return loop;
    }

    /** Ids, names or loops that are to be there before. */
    List<String> dependsOn() {
        return evaluation
                .value(written.path("dependsOn"))
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /**
     * The body of the PUT that makes it.
     *
     * @param deployed the properties of what is there by now, by id
     * @throws InvalidTemplateException if an expression in it cannot be evaluated
     */
    public ObjectNode body(Function<String, JsonNode> deployed) {
        return body(evaluation.with(deployed::apply));
    }

    /** The same before anything is deployed, to see whether it can be evaluated at all. */
    void tryBody() {
        var _ = body(evaluation);
    }

    private ObjectNode body(Evaluation now) {
        var body = JsonNodeFactory.instance.objectNode();
        written.properties().stream()
                .filter(field -> !ABOUT.contains(field.getKey()))
                .forEach(field -> body.set(field.getKey(), now.value(field.getValue())));
        return body;
    }
}
