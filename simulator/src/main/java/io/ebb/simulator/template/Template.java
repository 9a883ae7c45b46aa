package io.ebb.simulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A template with its parameters, looked through: what it wants to be there, in an order in which
 * it can be made.
 */
public final class Template {
    private static final Set<String> ROOT =
            Set.of(
                    "$schema",
                    "contentVersion",
                    "metadata",
                    "parameters",
                    "variables",
                    "resources",
                    "outputs");
    private static final Set<String> RESOURCE =
            Set.of(
                    "type",
                    "apiVersion",
                    "name",
                    "comments",
                    "location",
                    "tags",
                    "sku",
                    "kind",
                    "zones",
                    "identity",
                    "copy",
                    "dependsOn",
                    "properties");
    private static final int MOST_COPIES = 800;

    private final Evaluation evaluation;
    private final JsonNode outputs;
    private final List<Planned> resources;

    private Template(Evaluation evaluation, JsonNode outputs, List<Planned> resources) {
        this.evaluation = evaluation;
        this.outputs = outputs;
        this.resources = resources;
    }

    /**
     * Reads one.
     *
     * @param given the values of its parameters, each as {@code {"value": …}}
     * @throws InvalidTemplateException if ARM would not begin to deploy it, or if it needs more of
     *     the language than is played
     */
    public static Template read(JsonNode template, JsonNode given, Place place) {
        members(template, ROOT, "Template");
        if (!template.path("$schema").asText().contains("deploymentTemplate.json")
                || template.path("contentVersion").asText().isEmpty()) {
            throw new InvalidTemplateException(
                    "Required property '$schema' or 'contentVersion' not found in JSON.");
        }
        template.forEach(Template::checkFunctions);
        var parameters = Parameters.read(template.path("parameters"), given, place);
        var evaluation = Evaluation.of(place, parameters, template.path("variables"));
        var planned = new ArrayList<Planned>();
        template.path("resources").forEach(each -> planned.addAll(expand(each, evaluation)));
        return new Template(evaluation, template.path("outputs"), Order.of(planned));
    }

    /** What is to be made, each after what it depends on. */
    public List<Planned> resources() {
        return resources;
    }

    /**
     * What the template tells when all of it is there.
     *
     * @param deployed the properties of each resource, by id
     */
    public ObjectNode outputs(Function<String, JsonNode> deployed) {
        var told = JsonNodeFactory.instance.objectNode();
        outputs.properties()
                .forEach(output -> {
                    var value = output.getValue();
                    told.putObject(output.getKey())
                            .put("type", value.path("type").asText())
                            .set(
                                    "value",
                                    evaluation.with(deployed::apply).value(value.path("value")));
                });
        return told;
    }

    private static List<Planned> expand(JsonNode resource, Evaluation evaluation) {
        var name = resource.path("name").asText();
        try {
            members(resource, RESOURCE, "TemplateResource");
            var planned = new ArrayList<Planned>();
            var copy = resource.path("copy");
            if (copy.isMissingNode()) {
                planned.add(new Planned(resource, evaluation, ""));
            }
            int count = copy.isMissingNode() ? 0 : count(evaluation.value(copy.path("count")));
            var loop = copy.path("name").asText();
            for (int i = 0; i < count; i++) {
                var turn = evaluation.in(new Evaluation.Loop(loop, i));
                planned.add(new Planned(resource, turn, loop));
            }
            planned.forEach(Planned::tryBody);
            return planned;
        } catch (InvalidTemplateException e) {
            throw new InvalidTemplateException(name, e);
        }
    }

    private static int count(JsonNode count) {
        if (!count.isInt() || count.asInt() < 0 || count.asInt() > MOST_COPIES) {
            throw new InvalidTemplateException(
                    "The 'copy' count must be an integer from 0 to %d, not '%s'."
                            .formatted(MOST_COPIES, count.asText()));
        }
        return count.asInt();
    }

    private static void members(JsonNode object, Set<String> known, String type) {
        object.fieldNames()
                .forEachRemaining(name -> {
                    if (!known.contains(name)) {
                        throw new InvalidTemplateException(
                                "Could not find member '%s' on object of type '%s'."
                                        .formatted(name, type));
                    }
                });
    }

    /** Also in what is never evaluated. */
    private static void checkFunctions(JsonNode node) {
        if (node.isTextual() && Expression.isOne(node.asText())) {
            Expression.read(node.asText())
                    .functions()
                    .filter(function -> !Functions.isKnown(function))
                    .findFirst()
                    .ifPresent(function -> {
                        throw Functions.unknown(function);
                    });
        }
        node.forEach(Template::checkFunctions);
    }
}
