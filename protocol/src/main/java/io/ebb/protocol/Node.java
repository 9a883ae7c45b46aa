package io.ebb.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON text together with the path that leads to it, so that each complaint can say
 * where. A field that is {@code null} counts as absent, an unknown one is never asked for.
 */
record Node(@Nullable Node parent, String step, @Nullable Object value) {

    /** Two fields of one name are refused: the later one could hide what the first one says. */
    static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .build();

    /**
     * Reads a whole text.
     *
     * @throws MalformedException when it is empty, no JSON, or more than one value
     */
    static Node read(String root, byte[] text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedException(root, "empty");
            }
            Object value = value(parser, first);
            if (parser.nextToken() != null) {
                throw new MalformedException(root, "something follows its end");
            }
            return new Node(null, root, value);
        } catch (JsonProcessingException e) {
            throw new MalformedException(root, e.getOriginalMessage());
        } catch (IOException e) {
            throw new MalformedException(root, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (String name = parser.nextFieldName();
                        name != null;
                        name = parser.nextFieldName()) {
                    fields.put(name, value(parser, parser.nextToken()));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken();
                        next != JsonToken.END_ARRAY;
                        next = parser.nextToken()) {
                    items.add(value(parser, next));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** Where it stands; put together only when there is something to complain of. */
    private String path() {
        return parent == null ? step : parent.path() + step;
    }

    MalformedException bad(String problem) {
        return new MalformedException(path(), problem);
    }

    Optional<Node> find(String name) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw bad("expected object");
        }
        Object found = fields.get(name);
        return found == null ? Optional.empty() : Optional.of(new Node(this, "." + name, found));
    }

    Node need(String name) {
        return find(name).orElseThrow(() -> new MalformedException(path() + "." + name, "missing"));
    }

    /** The items of a list field; none when it is absent. */
    <T> List<T> list(String name, Function<Node, T> item) {
        return find(name).map(node -> node.items(item)).orElse(List.of());
    }

    <T> List<T> items(Function<Node, T> item) {
        if (!(value instanceof List<?> values)) {
            throw bad("expected array");
        }
        List<T> items = new ArrayList<>(values.size());
        for (Object each : values) {
            items.add(item.apply(new Node(this, "[" + items.size() + "]", each)));
        }
        return items;
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw bad("expected string");
    }

    /** The text of a field; empty when it is absent. */
    String text(String name) {
        return find(name).map(Node::text).orElse("");
    }

    /** A field that may be of any simple type, as text; empty when it is absent. */
    String anyText(String name) {
        Optional<Node> field = find(name);
        if (field.isEmpty()) {
            return "";
        }
        if (field.get().value instanceof Map || field.get().value instanceof List) {
            throw field.get().bad("expected string");
        }
        return String.valueOf(field.get().value);
    }

    long integer() {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw bad("expected integer");
    }

    /** An integer from 0 to the largest int. */
    int count() {
        long number = integer();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw bad("expected integer of at least 0");
        }
        return (int) number;
    }

    /** An integer from 1 to the largest int. */
    int positive() {
        long number = integer();
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw bad("expected integer of at least 1");
        }
        return (int) number;
    }

    boolean truth() {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw bad("expected true or false");
    }

    Duration millis() {
        long number = integer();
        if (number < 0) {
            throw bad("expected milliseconds of at least 0");
        }
        return Duration.ofMillis(number);
    }

    Instant time() {
        try {
            return Instant.parse(text());
        } catch (DateTimeException e) {
            throw bad("expected time in ISO-8601");
        }
    }

    <E extends Enum<E>> E word(Class<E> words) {
        String text = text();
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        throw bad("expected one of " + List.of(words.getEnumConstants()));
    }
}
