package io.ebb.agent.metadata;

/** What one attempt to read the Scheduled Events document brought. */
sealed interface Attempt {

    /** A 200; whether its body is a document is not decided yet. */
    record Body(String text, String etag) implements Attempt {}

    /** A 304: the document is the one whose ETag was sent. */
    record NotModified() implements Attempt {}

    /**
     * No answer, or an error: it says nothing about the events.
     *
     * @param problem in words
     * @param throttled whether the service asked to be left alone for a while
     */
    record Failed(String problem, boolean throttled) implements Attempt {}
}
