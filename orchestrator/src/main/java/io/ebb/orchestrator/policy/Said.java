package io.ebb.orchestrator.policy;

/**
 * A setting's text and where it was said, so that a complaint can name it.
 *
 * @param where the full name, as {@code ebb.policy.lead}
 */
record Said(String text, String where) {
    /** As in a complaint: {@code ebb.policy.lead (30m)}. */
    @Override
    public String toString() {
        return "%s (%s)".formatted(where, text);
    }
}
