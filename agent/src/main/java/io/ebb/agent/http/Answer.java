package io.ebb.agent.http;

/**
 * An HTTP answer.
 *
 * @param status the status code
 * @param etag the ETag as written, empty when there is none
 * @param text the whole body
 */
public record Answer(int status, String etag, String text) {

    /** Whether the status is a 2xx. */
    public boolean ok() {
        return status / 100 == 2;
    }

    /** The status and the beginning of the body, for people. */
    public String words() {
        String said = text.strip();
        return "answered "
                + status
                + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(said.length(), 200)));
    }
}
