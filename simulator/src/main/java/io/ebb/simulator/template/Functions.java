package io.ebb.simulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The template functions that are played; names are compared case-insensitively. */
final class Functions {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)}");

    private interface Function {
        JsonNode of(Evaluation in, List<JsonNode> arguments);
    }

    /** A function, and how few arguments it takes. */
    private record Known(int least, Function function) {}

    private static final Map<String, Known> ALL = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        ALL.put("parameters", new Known(1, (in, args) -> in.parameter(args.getFirst().asText())));
        ALL.put("variables", new Known(1, (in, args) -> in.variable(args.getFirst().asText())));
        ALL.put("copyIndex", new Known(0, Functions::copyIndex));
        ALL.put(
                "reference",
                new Known(1, (in, args) -> in.references().of(args.getFirst().asText())));
        ALL.put("resourceGroup", new Known(0, (in, _) -> in.place().resourceGroupObject()));
        ALL.put("subscription", new Known(0, (in, _) -> in.place().subscriptionObject()));
        ALL.put(
                "resourceId",
                new Known(2, (in, args) -> Ids.of(in.place().groupId(), texts(args))));
        ALL.put(
                "subscriptionResourceId",
                new Known(2, (in, args) -> Ids.of(in.place().subscriptionId(), texts(args))));
        ALL.put("concat", new Known(1, (_, args) -> concat(args)));
        ALL.put("format", new Known(1, (_, args) -> format(args)));
        ALL.put("join", new Known(2, (_, args) -> join(args)));
        ALL.put("base64", new Known(1, (_, args) -> base64(args.getFirst().asText())));
        ALL.put("guid", new Known(1, (_, args) -> guid(texts(args))));
        ALL.put("length", new Known(1, (_, args) -> length(args.getFirst())));
    }

    private Functions() {}

    static boolean isKnown(String name) {
        return ALL.containsKey(name);
    }

    static InvalidTemplateException unknown(String name) {
        return new InvalidTemplateException(
                "The template function '%s' is not valid.".formatted(name));
    }

    static JsonNode call(Evaluation in, String name, List<JsonNode> arguments) {
        var known = ALL.get(name);
        if (known == null) {
            throw unknown(name);
        }
        if (arguments.size() < known.least()) {
            throw cannot(
                    name,
                    "function requires at least %d argument(s) while '%d' were provided"
                            .formatted(known.least(), arguments.size()));
        }
        return known.function().of(in, arguments);
    }

    private static InvalidTemplateException cannot(String name, String why) {
        return new InvalidTemplateException(
                "Unable to evaluate template language function '%s': %s.".formatted(name, why));
    }

    private static JsonNode copyIndex(Evaluation in, List<JsonNode> arguments) {
        var loop =
                in.loop()
                        .orElseThrow(() ->
                                new InvalidTemplateException(
                                        "The template function 'copyIndex' is not expected at this"
                                                + " location."));
        int offset = 0;
        for (var argument : arguments) {
            if (argument.isInt()) {
                offset = argument.asInt();
            } else if (!argument.asText().equalsIgnoreCase(loop.name())) {
                throw cannot("copyIndex", "the copy '" + argument.asText() + "' is not this one");
            }
        }
        return IntNode.valueOf(loop.index() + offset);
    }

    private static JsonNode concat(List<JsonNode> arguments) {
        if (arguments.stream().noneMatch(JsonNode::isArray)) {
            return TextNode.valueOf(String.join("", texts(arguments)));
        }
        var array = JsonNodeFactory.instance.arrayNode();
        arguments.forEach(argument -> argument.forEach(array::add));
        return array;
    }

    private static JsonNode format(List<JsonNode> arguments) {
        var texts = texts(arguments);
        var places = PLACE.matcher(texts.getFirst());
        return TextNode.valueOf(places.replaceAll(place -> filled(texts, place.group(1))));
    }

    private static String filled(List<String> texts, String number) {
        int place = Integer.parseInt(number) + 1;
        if (place >= texts.size()) {
            throw cannot("format", "there is no argument {" + number + "}");
        }
        return Matcher.quoteReplacement(texts.get(place));
    }

    private static JsonNode join(List<JsonNode> arguments) {
        return TextNode.valueOf(
                arguments
                        .getFirst()
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(arguments.get(1).asText())));
    }

    private static JsonNode base64(String text) {
        return TextNode.valueOf(
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same for the same arguments, as in Azure; it is not the one that Azure would give. */
    private static JsonNode guid(List<String> texts) {
        var bytes = String.join("-", texts).getBytes(StandardCharsets.UTF_8);
        return TextNode.valueOf(UUID.nameUUIDFromBytes(bytes).toString());
    }

    private static JsonNode length(JsonNode of) {
        return IntNode.valueOf(of.isTextual() ? of.asText().length() : of.size());
    }

    private static List<String> texts(List<JsonNode> arguments) {
        return arguments.stream().map(JsonNode::asText).toList();
    }
}
