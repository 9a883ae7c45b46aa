package io.ebb.demo.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection, and the exact reader of what comes over it: status line, headers, and a body of
 * {@code Content-Length} bytes. Anything else is a failure, as it would be for a strict client.
 */
final class Wire implements Closeable {
    private static final int LONGEST_LINE = 8192;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int next;
    private int end;
    private long deadline;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /**
     * Connects from the given local address; the deadline is a value of {@link System#nanoTime}.
     */
    static Wire open(InetAddress source, InetSocketAddress target, long deadline)
            throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(target, remaining(deadline));
            return new Wire(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends one request and reads its answer to the last byte. */
    Answer exchange(Ask ask, String host, boolean close, long until) throws IOException {
        deadline = until;
        socket.getOutputStream().write(ask.request(host, close));
        int status = status(line(true));
        var headers = headers();
        int length = length(headers);
        boolean closes = "close".equalsIgnoreCase(headers.getOrDefault("connection", ""));
        var servedBy = headers.get("x-served-by");
        if (status / 100 != 2) {
            skip(length);
            return new Answer(status, servedBy, closes);
        }
        if (length != ask.bytes()) {
            throw wrong("Content-Length " + length + " where " + ask.bytes() + " were asked for");
        }
        for (int i = 0; i < length; i++) {
            if (read("body, byte " + i + " of " + length) != Ask.expected(i)) {
                throw wrong("another byte at " + i);
            }
        }
        if (next < end) {
            throw wrong("bytes after the end of the body");
        }
        return new Answer(status, servedBy, closes);
    }

    private int status(String line) throws RequestFailed {
        var parts = line.split(" ", 3);
        if (parts.length >= 2
                && parts[0].startsWith("HTTP/1.")
                && parts[1].matches("[1-5]\\d\\d")) {
            return Integer.parseInt(parts[1]);
        }
        throw wrong("no status line: " + line);
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(false); !line.isEmpty(); line = line(false)) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw wrong("no header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static int length(Map<String, String> headers) throws RequestFailed {
        @Nullable String length = headers.get("content-length");
        if (length == null || !length.matches("\\d{1,9}")) {
            throw wrong("no Content-Length");
        }
        return Integer.parseInt(length);
    }

    private void skip(int length) throws IOException {
        for (int i = 0; i < length; i++) {
            read("body, byte " + i + " of " + length);
        }
    }

    private String line(boolean first) throws IOException {
        var line = new StringBuilder();
        while (line.length() < LONGEST_LINE) {
            if (first && line.isEmpty() && !fill()) {
                throw new RequestFailed(Failure.RESET, "closed before the answer");
            }
            int c = read("head");
            if (c == '\n') {
                int last = line.length() - 1;
                return last >= 0 && line.charAt(last) == '\r'
                        ? line.substring(0, last)
                        : line.toString();
            }
            line.append((char) (c & 0xff));
        }
        throw wrong("a line without an end");
    }

    private byte read(String where) throws IOException {
        if (!fill()) {
            throw new EOFException("closed within the " + where);
        }
        return buffer[next++];
    }

    private boolean fill() throws IOException {
        if (next < end) {
            return true;
        }
        socket.setSoTimeout(remaining(deadline));
        int n = in.read(buffer);
        next = 0;
        end = Math.max(n, 0);
        return n > 0;
    }

    private static int remaining(long deadline) throws SocketTimeoutException {
        long ms = (deadline - System.nanoTime()) / 1_000_000;
        if (ms <= 0) {
            throw new SocketTimeoutException("deadline passed");
        }
        return (int) ms;
    }

    private static RequestFailed wrong(String detail) {
        return new RequestFailed(Failure.WRONG_BODY, detail);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
