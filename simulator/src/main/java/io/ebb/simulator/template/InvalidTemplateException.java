package io.ebb.simulator.template;

/** A template that ARM would not begin to deploy; the message is what it would say of it. */
public final class InvalidTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidTemplateException(String message) {
        super(message);
    }

    /** What is wrong with one of the template's resources. */
    InvalidTemplateException(String resource, InvalidTemplateException why) {
        super(
                "The template resource '%s' is not valid: %s Please see https://aka.ms/arm-functions for usage details."
                        .formatted(resource, why.getMessage()),
                why);
    }

    /** With the words that ARM puts before it. */
    public String whole() {
        return "Deployment template validation failed: '" + getMessage() + "'.";
    }
}
