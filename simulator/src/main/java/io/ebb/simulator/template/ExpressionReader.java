package io.ebb.simulator.template;

import java.util.ArrayList;
import java.util.List;

/** Reads one expression, from left to right. */
final class ExpressionReader {
    private final String text;
    private int at;

    ExpressionReader(String text) {
        this.text = text;
    }

    Expression whole() {
        var expression = expression();
        space();
        if (at < text.length()) {
            throw unexpected();
        }
        return expression;
    }

    private Expression expression() {
        space();
        var expression = simple();
        while (true) {
            space();
            if (skip('.')) {
                expression = new Expression.Part(expression, new Expression.Text(name()));
            } else if (skip('[')) {
                expression = new Expression.Part(expression, expression());
                expect(']');
            } else {
                return expression;
            }
        }
    }

    private Expression simple() {
        if (skip('\'')) {
            return new Expression.Text(quoted());
        }
        if (at < text.length() && Character.isDigit(text.charAt(at))) {
            return new Expression.Whole(number());
        }
        var function = name();
        expect('(');
        return new Expression.Call(function, arguments());
    }

    private List<Expression> arguments() {
        var arguments = new ArrayList<Expression>();
        space();
        if (skip(')')) {
            return arguments;
        }
        do {
            arguments.add(expression());
            space();
        } while (skip(','));
        expect(')');
        return List.copyOf(arguments);
    }

    /** Two quotation marks stand for one. */
    private String quoted() {
        var quoted = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                quoted.append(c);
            } else if (skip('\'')) {
                quoted.append('\'');
            } else {
                return quoted.toString();
            }
        }
        throw unexpected();
    }

    private int number() {
        int from = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        try {
            return Integer.parseInt(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw unexpected();
        }
    }

    private String name() {
        int from = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        if (from == at) {
            throw unexpected();
        }
        return text.substring(from, at);
    }

    private void expect(char wanted) {
        space();
        if (!skip(wanted)) {
            throw unexpected();
        }
    }

    private boolean skip(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private InvalidTemplateException unexpected() {
        return new InvalidTemplateException(
                "Unable to parse language expression '%s': expected something else at position %d."
                        .formatted(text, at));
    }
}
