package io.ebb.orchestrator.simulation;

/** A rule was broken. An error, so that nothing on the way catches it. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("AnnotateFormatMethod")
    Violation(int rule, String format, Object... args) {
        super("rule %d: ".formatted(rule) + format.formatted(args));
    }
}
