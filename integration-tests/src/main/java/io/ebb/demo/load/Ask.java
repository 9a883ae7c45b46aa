package io.ebb.demo.load;

import java.nio.charset.StandardCharsets;

/**
 * What one request asks of the backend.
 *
 * @param ms how long the server is to take before it answers, in milliseconds
 * @param bytes how many bytes of the known pattern it is to answer with
 */
public record Ask(int ms, int bytes) {
    byte[] request(String host, boolean close) {
        return ("GET /work?ms="
                        + ms
                        + "&bytes="
                        + bytes
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + (close ? "\r\nConnection: close" : "")
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The byte at a place of the body: the alphabet, over and over. */
    static byte expected(int index) {
        return (byte) ('a' + index % 26);
    }
}
