package io.ebb.simulator.template;

import java.util.List;
import java.util.stream.Stream;

/** An expression of the template language: what stands between the outer brackets of a string. */
sealed interface Expression {
    /** {@code 'web'}. */
    record Text(String value) implements Expression {}

    /** {@code 3}. */
    record Whole(int value) implements Expression {}

    /** {@code concat('web-', copyIndex())}. */
    record Call(String function, List<Expression> arguments) implements Expression {}

    /** {@code of.name}, {@code of['name']} or {@code of[0]}. */
    record Part(Expression of, Expression key) implements Expression {}

    /** Whether a string of a template is an expression; {@code [[} begins a text. */
    static boolean isOne(String text) {
        return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
    }

    /**
     * Reads a string that is one.
     *
     * @throws InvalidTemplateException if it cannot be understood
     */
    static Expression read(String text) {
        return new ExpressionReader(text.substring(1, text.length() - 1)).whole();
    }

    /** The names of all functions that it calls. */
    default Stream<String> functions() {
        return switch (this) {
            case Text _, Whole _ -> Stream.empty();
            case Call(var function, var arguments) ->
                    Stream.concat(
                            Stream.of(function), arguments.stream().flatMap(Expression::functions));
            case Part(var of, var key) -> Stream.concat(of.functions(), key.functions());
        };
    }
}
